import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

import { describeProblems, loadConfig, parseRooms } from "../../components/shared/config";
import { mockStack } from "./pulumiMocks";

/** New values by path, for example `cluster.scaling.maximumUnits`. */
type Changes = Readonly<Record<string, unknown>>;

/** The rooms of a committed stack file, with changes. */
function rooms(stack: string, changes: Changes = {}): Record<string, unknown> {
  const entries = Object.entries(stackConfig(stack))
    .filter(([key]) => key.startsWith("streaming-ml:"))
    .map(([key, value]) => [key.slice("streaming-ml:".length), value] as const);
  const values: Record<string, unknown> = Object.fromEntries(entries);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    const parent = keys.reduce((inner, key) => inner[key] as Record<string, unknown>, values);
    parent[last] = value;
  }
  return values;
}

function stackConfig(stack: string): Record<string, unknown> {
  const file = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
    config: Record<string, unknown>;
  };
  return file.config;
}

/** One line per problem, as a user reads it. */
function problems(stack: string, changes: Changes): string[] {
  const found = parseRooms(rooms(stack, changes), "streaming-ml").problems;
  return describeProblems(found, stack)
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.replace("  - streaming-ml:", ""));
}

describe("configuration", () => {
  for (const stack of ["local", "dev", "prod"]) {
    it(`accepts Pulumi.${stack}.yaml`, () => {
      expect(parseRooms(rooms(stack), "streaming-ml").problems).to.deep.equal([]);
    });
  }

  it("reports every problem of every room at once, before anything is planned", async () => {
    const registered = await mockStack("broken", {
      "streaming-ml:stream": { mode: "onDemand", shards: 2 },
      "streaming-ml:job": { freshnessSeconds: 0 },
    });
    let message = "";
    try {
      loadConfig();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split("\n")).to.deep.equal([
      "Pulumi.broken.yaml has 12 problems; nothing was planned:",
      "  - aws:region is required, for example us-east-1.",
      "  - streaming-ml:network is required: see docs/configuration.md.",
      "  - streaming-ml:stream has unknown keys: shards. Remove them or correct their spelling.",
      '  - streaming-ml:stream.maxShards is required with mode "onDemand", because such a stream has no shard ' +
        "count to size the cluster by: say how many shards it may open at most.",
      "  - streaming-ml:lake is required: see docs/configuration.md.",
      "  - streaming-ml:cluster is required: see docs/configuration.md.",
      "  - streaming-ml:job.freshnessSeconds Too small: expected number to be >=1. Received: 0.",
      "  - streaming-ml:job.expectedRecordsPerSecondPerShard is missing: it must be of type number.",
      "  - streaming-ml:training is required: see docs/configuration.md.",
      "  - streaming-ml:endpoint is required: see docs/configuration.md.",
      "  - streaming-ml:api is required: see docs/configuration.md.",
      "  - streaming-ml:alarms is required: see docs/configuration.md.",
    ]);
    expect(registered).to.deep.equal([]);
  });

  it("says that a value is not an object", () => {
    expect(problems("dev", { stream: "provisioned" })[0]).to.equal(
      'stream Invalid input: expected object, received string. Received: "provisioned".',
    );
  });

  it("refuses a private network without a way to AWS, and names the endpoints", () => {
    expect(problems("dev", { "network.natGateways": "none" })).to.deep.equal([
      'network.natGateways "none" leaves the private subnets without a way to the services the job uses: add the ' +
        "endpoints ec2, elasticmapreduce, kinesis-streams, kms, logs, monitoring, secretsmanager, sts, or use " +
        '"single" or "perZone". Received: "none".',
    ]);
  });

  it("accepts a private network that has every endpoint", () => {
    expect(problems("prod", { "network.natGateways": "none" })).to.deep.equal([]);
  });

  it("refuses disposable data that is protected", () => {
    expect(problems("prod", { "lake.deleteContents": true })).to.deep.equal([
      "lake.deleteContents contradicts lake.protect: data is either protected or disposable. Set one of them to " +
        "false. Received: true.",
    ]);
  });

  it("refuses a Spark setting the job's guarantees rest on, and accepts others", () => {
    const set = (name: string) => ({ "job.spark": { settings: { [name]: "true" } } });
    expect(problems("dev", set("spark.speculation"))).to.deep.equal([
      'job.spark.settings["spark.speculation"] is set by the program, because the job\'s guarantees rest on it: ' +
        'remove it. Received: "true".',
    ]);
    expect(problems("dev", set("spark.ui.enabled"))).to.deep.equal([]);
  });

  it("refuses scaling limits below what the stream demands, on both ends, and accepts the exact ones", () => {
    // 64 shards, 4 cores an executor, 2 executors a node: 8 nodes, and one more for the driver.
    const maximum = (units: number) => ({
      "cluster.scaling": {
        minimumUnits: 3,
        maximumUnits: units,
        maximumCoreUnits: 3,
        maximumOnDemandUnits: 3,
      },
    });
    expect(problems("prod", maximum(8))).to.deep.equal([
      "cluster.scaling.maximumUnits must be at least 9: the driver and 16 executors, one core per shard of a fully " +
        "grown stream, need as many nodes. Raise it, use larger nodes or fewer shards. Received: 8.",
    ]);
    expect(problems("prod", maximum(9))).to.deep.equal([]);

    const shards = (count: number) => ({ "stream.shardCount": count });
    // One node holds the driver and one executor of two cores.
    expect(problems("dev", shards(2))).to.deep.equal([]);
    expect(problems("dev", shards(3))).to.deep.equal([
      "cluster.scaling.minimumUnits must be at least 2: the driver and 2 executors, one core per shard, need as many " +
        "nodes. Raise it, use larger nodes or fewer shards. Received: 1.",
    ]);
  });

  it("refuses an executor that fits on no node", () => {
    expect(problems("dev", { "job.spark": { executorCores: 8 } })).to.deep.equal([
      "job.spark an executor of 8 cores and 4096 MB does not fit on every type of m7g.xlarge, m6g.xlarge, m7g.xlarge, " +
        "m6g.xlarge, r7g.xlarge, r6g.xlarge: use larger nodes or a smaller executor.",
    ]);
  });

  it("refuses a cluster that may terminate itself or its nodes over protected data", () => {
    expect(problems("prod", { "cluster.terminationProtection": false })).to.have.length(1);
    const idle = { "cluster.primary.count": 1, "cluster.idleTerminationMinutes": 60 };
    expect(problems("prod", idle)).to.deep.equal([
      "cluster.idleTerminationMinutes would let a cluster whose job died terminate itself, and this stack's data is " +
        "protected. Remove it, or set job.enabled to false. Received: 60.",
    ]);
  });

  it("refuses nodes of different sizes in one fleet", () => {
    expect(
      problems("dev", { "cluster.core.instanceTypes": ["m7g.xlarge", "m7g.2xlarge"] }),
    ).to.deep.equal([
      "cluster.core.instanceTypes must all have the same number of cores: one instance is one unit of capacity, and " +
        'the limits count units. Received: ["m7g.xlarge","m7g.2xlarge"].',
    ]);
  });

  it("refuses a local master with a driver elsewhere", () => {
    expect(problems("local", { "job.spark.deployMode": "cluster" })).to.deep.equal([
      'job.spark.deployMode must be "client" with a local master: there is no cluster to put the driver on. ' +
        'Received: "cluster".',
    ]);
  });

  it("works out capacity and the name of the model package group", async () => {
    await mockStack("dev", stackConfig("dev"));
    const config = loadConfig();
    expect(config.modelPackageGroupName).to.equal("streaming-ml-dev");
    expect(config.region).to.equal("us-east-1");
    expect(config.capacity.maxRecordsPerShard).to.equal(5000);
  });
});
