import { expect } from "chai";

import { endpointConfigSchema } from "../../components/endpoint/config";

const INSTANCES = {
  mode: "instances",
  instances: { type: "ml.c5.large", minCount: 2, maxCount: 10 },
};

describe("the endpoint's configuration", () => {
  const problems = (config: object): string[] =>
    endpointConfigSchema.safeParse(config).error?.issues.map(({ path }) => path.join(".")) ?? [];

  it("refuses with serverless what only instances have, all at once and beside other problems", () => {
    const config = {
      mode: "serverless",
      dataCapture: { samplingPercent: 10 },
      networkIsolation: true,
      inVpc: true,
      volumeKeyArn: "arn:key",
      deployment: { strategy: "canary" },
      keepPrevious: -1,
    };
    expect(problems(config)).to.have.members([
      "keepPrevious",
      "dataCapture",
      "networkIsolation",
      "inVpc",
      "volumeKeyArn",
      "deployment.strategy",
    ]);
    expect(problems({ ...INSTANCES, ...config, mode: "instances" })).to.deep.equal([
      "keepPrevious",
    ]);
  });

  it("refuses settings of the other mode, and instances without a type", () => {
    expect(problems({ mode: "instances" })).to.deep.equal(["instances"]);
    expect(problems({ ...INSTANCES, serverless: {} })).to.deep.equal(["serverless"]);
    expect(problems({ ...INSTANCES, mode: "serverless" })).to.deep.equal(["instances"]);
  });

  it("holds its limits on both sides", () => {
    const memory = (memoryMb: number) => problems({ mode: "serverless", serverless: { memoryMb } });
    expect([1024, 6144].map(memory)).to.deep.equal([[], []]);
    expect([0, 1536, 7168].map(memory)).to.deep.equal(
      Array.from({ length: 3 }, () => ["serverless.memoryMb"]),
    );
    const counts = (minCount: number, maxCount: number) =>
      problems({ mode: "instances", instances: { type: "ml.c5.large", minCount, maxCount } });
    expect(counts(2, 2)).to.deep.equal([]);
    expect(counts(3, 2)).to.deep.equal(["instances.maxCount"]);
  });
});
