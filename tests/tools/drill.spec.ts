import { expect } from "chai";
import * as fs from "node:fs";

import type { Drill, Result } from "../../tools/drill/drill";
import { drills, selectedDrills } from "../../tools/drill/drills";
import { judge, readOutcome } from "../../tools/drill/outcome";
import { resultTable, withResults } from "../../tools/drill/page";
import { inRepository } from "../../tools/paths";

const ENDING = { seconds: 12.4, finishedAt: "2026-11-24T20:15:31.000Z" };
const MACHINE = { cores: 2, memoryGb: 24 };

describe("the outcome of a drill", () => {
  const outcome = '{"figures":{"lost":0,"longest":"3 s"},"complaints":[]}';

  it("is the last line that is one, whatever stands around it", () => {
    const printed = `{"figures":{"lost":9},"complaints":[]}\n{"a": 1}\n${outcome}\n{broken\n`;
    expect(readOutcome(printed)).to.deep.equal({
      figures: { lost: 0, longest: "3 s" },
      complaints: [],
    });
  });

  it("passes when the command ended with 0 and complains of nothing", () => {
    expect(judge(outcome, ENDING)).to.deep.equal({
      figures: { lost: 0, longest: "3 s" },
      complaints: [],
      passed: true,
      seconds: 12,
      finishedAt: ENDING.finishedAt,
    });
  });

  it("fails for a complaint, with the complaint alone", () => {
    const result = judge('{"figures":{"lost":1},"complaints":["One is lost."]}', {
      ...ENDING,
      failure: "ended with exit code 1",
    });
    expect(result.passed).to.equal(false);
    expect(result.complaints).to.deep.equal(["One is lost."]);
  });

  it("fails when the command did not end with 0, good figures or not", () => {
    const result = judge(outcome, { ...ENDING, failure: "ended with exit code 1" });
    expect(result.passed).to.equal(false);
    expect(result.complaints).to.deep.equal(["ended with exit code 1"]);
  });

  it("fails when there is none", () => {
    expect(judge("all is well\n", ENDING).complaints).to.deep.equal([
      "The drill ended with 0 but printed no outcome.",
    ]);
  });
});

describe("the page of results", () => {
  const some: Record<string, Drill> = {
    killed: { title: "it is killed", command: "x", arguments: [], timeoutSeconds: 1 },
    idle: { title: "nothing | happens", command: "x", arguments: [], timeoutSeconds: 1 },
    away: { title: "all is away", command: "x", arguments: [], timeoutSeconds: 1 },
  };
  const result: Result = { ...judge('{"figures":{"sent":12000},"complaints":[]}', ENDING) };
  const failed = judge('{"figures":{"lost":2},"complaints":["Two\\nare lost."]}', ENDING);

  it("has a line per drill, run or not", () => {
    expect(resultTable(some, { killed: result, away: failed }, MACHINE).split("\n")).to.deep.equal([
      "2 cores, 24 GiB; times in UTC.",
      "",
      "| drill | what happens | figures | verdict | took | finished |",
      "| --- | --- | --- | --- | --- | --- |",
      "| `killed` | it is killed | sent 12,000 | passed | 12 s | 2026-11-24 20:15 |",
      "| `idle` | nothing \\| happens |  | not run yet |  |  |",
      "| `away` | all is away | lost 2 | **failed**: Two are lost. | 12 s | 2026-11-24 20:15 |",
    ]);
  });

  it("replaces what stands between its markers and nothing else", () => {
    const page = fs.readFileSync(inRepository("docs", "reliability.md"), "utf8");
    const once = withResults(page, some, {}, MACHINE);
    expect(withResults(once, some, {}, MACHINE)).to.equal(once);
    expect(once.split("<!--")[0]).to.equal(page.split("<!--")[0]);
    expect(once).to.contain("| `away` | all is away |  | not run yet |  |  |\n\n<!-- end");
  });

  it("keeps the page's rows of drills that another run or another machine has recorded", () => {
    const page = fs.readFileSync(inRepository("docs", "reliability.md"), "utf8");
    const first = withResults(page, some, { killed: result }, MACHINE);
    const second = withResults(first, some, { away: failed }, MACHINE);
    expect(second).to.equal(withResults(page, some, { killed: result, away: failed }, MACHINE));
    expect(second).to.contain("| `killed` | it is killed | sent 12,000 | passed |");
  });

  it("says which marker a page needs", () => {
    expect(() => withResults("# Reliability\n", some, {}, MACHINE)).to.throw(
      /must hold the line "<!-- results: written by `make drill RECORD=1` -->"/,
    );
  });
});

describe("the choice of drills", () => {
  it("is all of them unless some are named", () => {
    expect(selectedDrills(undefined)).to.deep.equal(Object.keys(drills));
  });

  it("names the existing drills when one is unknown", () => {
    expect(() => selectedDrills("no-such-drill")).to.throw(/Received: no-such-drill\.$/);
  });
});
