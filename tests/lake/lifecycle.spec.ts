import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { artifactLifecycle, lakeLifecycle } from "../../components/lake/lifecycle";
import { at } from "../shared/pulumiMocks";

const plain = lakeConfigSchema.parse({ firstDay: "2026-01-01" });

describe("lifecycle", () => {
  it("expires what the stack says and keeps valid events forever by default", () => {
    const rules = lakeLifecycle(plain);
    expect(rules.map(({ id }) => id)).to.deep.equal([
      "abandoned-uploads",
      "noncurrent",
      "quarantined",
      "training-sets",
      "data-capture",
      "query-results",
      "quarantine-query-results",
    ]);
    expect(rules[2]).to.deep.equal({
      id: "quarantined",
      status: "Enabled",
      filter: { prefix: "events/status=quarantined/" },
      expiration: { days: 14 },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
    });
  });

  it("expires events and their history together, the lists of files before the files", () => {
    const rules = lakeLifecycle({ ...plain, retention: { ...plain.retention, validDays: 90 } });
    const days = (prefix: string) =>
      at(
        rules.find(({ filter }) => at(filter, "prefix") === prefix),
        "expiration.days",
      );
    expect(days("events/status=valid/")).to.equal(90);
    expect(days("history/manifests/")).to.equal(90);
    expect(days("history/data/")).to.equal(92);
  });

  it("expires what earlier versions of the lake hold, too", () => {
    const rules = lakeLifecycle({
      ...plain,
      version: 2,
      retention: { ...plain.retention, validDays: 90 },
    });
    expect(
      rules
        .slice(2, 10)
        .map(({ id, filter, expiration }) => [id, at(filter, "prefix"), at(expiration, "days")]),
    ).to.deep.equal([
      ["valid", "events/status=valid/", 90],
      ["history-manifests", "history/manifests/", 90],
      ["history-data", "history/data/", 92],
      ["quarantined", "events/status=quarantined/", 14],
      ["valid-v2", "events-v2/status=valid/", 90],
      ["history-manifests-v2", "history-v2/manifests/", 90],
      ["history-data-v2", "history-v2/data/", 92],
      ["quarantined-v2", "events-v2/status=quarantined/", 14],
    ]);
  });

  it("keeps what queries answered no longer than what they read", () => {
    const days = (quarantinedDays: number) =>
      lakeLifecycle({
        version: 1,
        queries: { ...plain.queries, resultDays: 7 },
        retention: { ...plain.retention, quarantinedDays },
      })
        .filter(({ filter }) => String(at(filter, "prefix")).startsWith("query-results/"))
        .map(({ filter, expiration }) => [at(filter, "prefix"), at(expiration, "days")]);
    expect(days(14)).to.deep.equal([
      ["query-results/events/", 7],
      ["query-results/quarantine/", 7],
    ]);
    expect(days(3)[1]).to.deep.equal(["query-results/quarantine/", 3]);
  });

  it("never expires a checkpoint, only its old versions", () => {
    const rules = artifactLifecycle(plain.retention);
    const checkpoints = rules.find(({ id }) => id === "checkpoint-versions");
    expect(checkpoints).to.deep.equal({
      id: "checkpoint-versions",
      status: "Enabled",
      filter: { prefix: "checkpoints/" },
      noncurrentVersionExpiration: { noncurrentDays: 7 },
      expiration: { expiredObjectDeleteMarker: true },
    });
    const expired = rules.filter(({ expiration }) => at(expiration, "days") !== undefined);
    expect(expired.map(({ id }) => id)).to.deep.equal(["logs"]);
  });
});
