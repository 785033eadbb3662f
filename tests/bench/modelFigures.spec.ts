import { expect } from "chai";

import { modelFigures } from "../../bench/figures/model";

describe("the figures of a model's benchmark", () => {
  const result = {
    workload: "rooms",
    metric: "average_precision",
    model: { value: 0.75, seconds: 91, p50Ms1: 1.5, p50Ms32: 2.25 },
    baselines: [
      { name: "Forest", value: 0.5 },
      { name: "regression", value: 0.74 },
    ],
    baselineSeconds: 3.4,
    leastMargin: 0.015,
  };

  it("put it beside each baseline, by the metric of its gate", () => {
    const [forest, regression, training, call] = modelFigures(result);
    expect(forest).to.deep.equal({
      what: "rooms: average precision on the test split",
      value: "0.7500 (25.0 points more)",
      comparedWith: "Forest 0.5000",
      target: ">= 1.5 points more",
      met: true,
    });
    expect(regression.comparedWith).to.equal("regression 0.7400");
    expect(regression.met).to.equal(false);
    expect([training.value, training.comparedWith, training.met]).to.deep.equal([
      "91 s",
      "baseline 3 s",
      false,
    ]);
    expect(call.value).to.equal("1.50 ms / 2.25 ms");
  });
});
