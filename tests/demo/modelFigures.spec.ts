import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { parseEvaluation } from "../../local/demo/evaluation";
import { compareFigures, reportedFigures } from "../../local/demo/modelFigures";
import { parseBaseline } from "../../local/demo/training";
import { baselineModule } from "../../local/demo/workload";

const evaluation = {
  workload: "films",
  rows: 12,
  gate: { metric: "hit_rate_at_10", value: 0.5, margin: 0.5 },
  metrics: { coverage: { value: 0.25 }, hit_rate_at_10: { value: 0.5 } },
  plots: [
    {
      kind: "curves",
      title: "Hits",
      note: "By k.",
      xTitle: "k",
      yTitle: "rate",
      lines: [{ name: "all", points: [[1, 0.25]] }],
      diagonal: false,
    },
  ],
};

describe("model figures of the demo", () => {
  const figures = compareFigures(parseEvaluation(JSON.stringify(evaluation)), {
    name: "most popular films",
    metrics: { hit_rate_at_10: 0.375, seconds: 2 },
  });

  it("have the gate's metric first, and the baseline's where it has one", () => {
    expect(figures).to.deep.equal({
      metrics: [
        { name: "hit_rate_at_10", value: 0.5, baseline: 0.375 },
        { name: "coverage", value: 0.25, baseline: undefined },
      ],
      baseline: "most popular films",
    });
  });

  it("are in the report in camel case", () => {
    expect(reportedFigures(figures)).to.deep.equal({
      hitRateAt10: 0.5,
      baselineHitRateAt10: 0.375,
      coverage: 0.25,
    });
  });

  it("stand alone where the workload has no baseline", () => {
    const alone = compareFigures(parseEvaluation(JSON.stringify(evaluation)));
    expect(alone.baseline).to.equal(undefined);
    expect(reportedFigures(alone)).to.deep.equal({ hitRateAt10: 0.5, coverage: 0.25 });
  });

  it("come with a sentence when the evaluation is invalid", () => {
    expect(() =>
      parseEvaluation(JSON.stringify({ ...evaluation, plots: [{ kind: "pie" }] })),
    ).to.throw(/^The evaluation report is not what training\/evaluate\.py writes: .*plots\[0\]/s);
  });
});

describe("a workload's baseline", () => {
  it("prints its name and its figures, among others things that are no numbers", () => {
    const line = '{"name": "popular", "hit_rate": 0.5, "classWeight": "balanced", "seconds": 1.5}';
    expect(parseBaseline(line)).to.deep.equal({
      name: "popular",
      metrics: { hit_rate: 0.5, seconds: 1.5 },
    });
    expect(() => parseBaseline('{"hit_rate": 0.5}')).to.throw("name");
  });

  it("is the module of its demo, where there is one", () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), "baseline-"));
    const folder = path.join(root, "workloads", "films", "demo");
    expect(baselineModule("films", root)).to.equal(undefined);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "baseline.py"), "");
    expect(baselineModule("films", root)).to.equal("workloads.films.demo.baseline");
    fs.rmSync(root, { recursive: true });
  });
});
