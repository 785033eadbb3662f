import { expect } from "chai";

import { trainingConfigSchema } from "../../components/training/config";

describe("the training configuration", () => {
  const problems = (config: object): string[] =>
    trainingConfigSchema.safeParse(config).error?.issues.map(({ path }) => path.join(".")) ?? [];

  it("is complete without output", () => {
    expect(problems({})).to.deep.equal([]);
  });

  it("asks a wait for spot capacity to include the run, beside other problems", () => {
    const spot = (spotMaxWaitMinutes: number, rest = {}) =>
      problems({ spot: true, maxRuntimeMinutes: 60, spotMaxWaitMinutes, ...rest });
    expect(spot(60)).to.deep.equal([]);
    expect(spot(59)).to.deep.equal(["spotMaxWaitMinutes"]);
    expect(spot(59, { epochs: 0 })).to.have.members(["epochs", "spotMaxWaitMinutes"]);
    expect(problems({ maxRuntimeMinutes: 1000, spotMaxWaitMinutes: 1 })).to.deep.equal([]);
  });

  it("takes a gate metric of any size, and no negative tolerance", () => {
    expect(problems({ minMetric: -12.5, tolerance: 3 })).to.deep.equal([]);
    expect(problems({ tolerance: -0.1 })).to.deep.equal(["tolerance"]);
  });

  it("refuses what it does not know", () => {
    expect(trainingConfigSchema.safeParse({ epoch: 3 }).success).to.equal(false);
    expect(problems({ schedule: { expression: "daily" } })).to.deep.equal(["schedule.expression"]);
    expect(problems({ instanceType: "m5.xlarge" })).to.deep.equal(["instanceType"]);
  });
});
