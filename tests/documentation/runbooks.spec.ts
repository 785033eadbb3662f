import { expect } from "chai";
import * as fs from "node:fs";
import { basename } from "node:path";

import { inRepository } from "../../tools/paths";
import { planStack, STACKS } from "../shared/plannedStacks";

const FOLDER = inRepository("docs", "runbooks");
const RUNBOOK = /Runbook: docs\/runbooks\/([a-z-]+)\.md$/;

/** Pages about what no alarm tells of. */
const WITHOUT_ALARM = ["README", "cluster-upgrade", "source-migration", "unusable-checkpoint"];

const pages = () => fs.readdirSync(FOLDER).map((file) => basename(file, ".md"));
const read = (page: string) => fs.readFileSync(`${FOLDER}/${page}.md`, "utf8");

describe("docs/runbooks", function () {
  this.timeout(180_000);
  const named = new Map<string, Set<string>>();

  before(async () => {
    for (const stack of STACKS) {
      for (const { type, name, inputs } of await planStack(stack)) {
        const description =
          type === "aws:cloudwatch/metricAlarm:MetricAlarm"
            ? inputs.alarmDescription
            : type === "aws:cloudwatch/eventRule:EventRule" && name.startsWith("alarms-")
              ? inputs.description
              : undefined;
        if (typeof description === "string") {
          const page = RUNBOOK.exec(description)?.[1] ?? `none (${name} in ${stack})`;
          named.set(page, (named.get(page) ?? new Set()).add(name));
        }
      }
    }
  });

  it("has a page for every alarm and announced event of every stack, and no other", () => {
    expect([...named.keys()].sort()).to.deep.equal(
      pages()
        .filter((page) => !WITHOUT_ALARM.includes(page))
        .sort(),
    );
  });

  it("lists every page on its first one", () => {
    const listed = [...read("README").matchAll(/\(([a-z-]+)\.md\)/g)].map(([, page]) => page);
    expect(listed.sort()).to.deep.equal(
      pages()
        .filter((page) => page !== "README")
        .sort(),
    );
  });

  it("says on every alarm's page what it means, where to look or what to do, and when it is resolved", () => {
    for (const page of named.keys()) {
      const text = read(page);
      expect(text, page).to.match(new RegExp(`^# ${page}\\n\\n\\*\\*It means\\*\\* `));
      expect(text, page).to.match(/\n\*\*(Look|Do)\*\*/);
      expect(text, page).to.match(/\n\*\*Resolved\*\* /);
    }
  });

  it("names only settings that a stack file may have", () => {
    const configuration = fs.readFileSync(inRepository("docs", "configuration.md"), "utf8");
    const rooms = ["network", "stream", "lake", "cluster", "job", "training", "endpoint", "alarms"];
    for (const page of pages()) {
      const text = read(page);
      for (const [, room, key] of text.matchAll(/`(\w+)\.([A-Za-z.]+)(?::[^`]*)?`/g)) {
        if (rooms.includes(room)) {
          expect(configuration, `${page} names ${room}.${key}`).to.contain(`\n| \`${key}\` |`);
        }
      }
    }
  });
});
