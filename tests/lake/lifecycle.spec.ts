import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { artifactLifecycle, lakeLifecycle } from "../../components/lake/lifecycle";

const plain = lakeConfigSchema.parse({ firstDay: "2026-01-01" });

describe("lifecycle", () => {
  it("expires what the stack says and keeps valid events for ever by default", () => {
    const rules = lakeLifecycle(plain.retention);
    expect(rules.map(({ id }) => id)).to.deep.equal([
      "abandoned-uploads",
      "noncurrent",
      "quarantined",
      "training-sets",
      "data-capture",
    ]);
    expect(rules[2]).to.deep.equal({
      id: "quarantined",
      status: "Enabled",
      filter: { prefix: "events/status=quarantined/" },
      expiration: { days: 14 },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
    });
    const valid = lakeLifecycle({ ...plain.retention, validDays: 90 }).find(
      ({ id }) => id === "valid",
    );
    expect(valid).to.deep.include({
      filter: { prefix: "events/status=valid/" },
      expiration: { days: 90 },
    });
  });

  it("never expires a checkpoint, only its old versions", () => {
    const rules = artifactLifecycle(plain.retention);
    const checkpoints = rules.find(({ id }) => id === "checkpoint-versions");
    expect(checkpoints).to.deep.equal({
      id: "checkpoint-versions",
      status: "Enabled",
      filter: { prefix: "checkpoints/" },
      noncurrentVersionExpiration: { noncurrentDays: 7 },
    });
    expect(rules.filter((rule) => "expiration" in rule).map(({ id }) => id)).to.deep.equal([
      "logs",
    ]);
  });
});
