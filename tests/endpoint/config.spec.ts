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

  it("shifts in parts only where there are two instances", () => {
    const update = (strategy: string, minCount: number) =>
      problems({
        mode: "instances",
        instances: { type: "ml.c5.large", minCount, maxCount: 2 },
        deployment: { strategy },
      });
    for (const strategy of ["canary", "rolling"]) {
      expect(update(strategy, 1)).to.deep.equal(["deployment.strategy"]);
      expect(update(strategy, 2)).to.deep.equal([]);
      expect(problems({ mode: "serverless", deployment: { strategy } })).to.deep.equal([
        "deployment.strategy",
      ]);
    }
    expect(update("allAtOnce", 1)).to.deep.equal([]);
  });

  it("starts workflows of a GitHub repository through a connection that holds the token", () => {
    const connectionArn = "arn:aws:events:us-east-1:123456789012:connection/github/1f0c";
    const starting = (repository: string, arn: string) =>
      problems({ ...INSTANCES, deployOnApproval: { repository, connectionArn: arn } });
    expect(starting("owner/name", connectionArn)).to.deep.equal([]);
    expect(starting("https://github.com/owner/name", connectionArn)).to.deep.equal([
      "deployOnApproval.repository",
    ]);
    expect(starting("owner/name", "ghp_token")).to.deep.equal(["deployOnApproval.connectionArn"]);
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
