import { expect } from "chai";

import { type Capacity, type CapacityInput, planCapacity } from "../../components/job/capacity";

function capacity(change: {
  stream?: CapacityInput["stream"];
  job?: Partial<CapacityInput["job"]>;
  spark?: Partial<CapacityInput["job"]["spark"]>;
  instanceTypes?: string[];
}): Capacity {
  const result = planCapacity({
    stream: change.stream ?? { mode: "provisioned", shardCount: 4 },
    job: {
      source: "kinesis-ranges",
      freshnessSeconds: 10,
      expectedRecordsPerSecondPerShard: 500,
      deduplicationMinutes: 60,
      ...change.job,
      spark: {
        master: "yarn",
        driverCores: 1,
        driverMemoryMb: 2048,
        executorCores: 2,
        executorMemoryMb: 4096,
        ...change.spark,
      },
    },
    instanceTypes: change.instanceTypes ?? ["m7g.xlarge"],
  });
  if ("problem" in result) {
    throw new Error(result.problem);
  }
  return result;
}

/** A core for each shard: many executors from few shards. */
const perShard = { source: "aws-kinesis" } as const;

describe("cluster capacity", () => {
  it("caps a connector's micro-batch at what a shard brings in the time an event may be old", () => {
    const source = "aws-kinesis";
    expect(capacity({ job: { source } }).maxRecordsPerShard).to.equal(5000);
    expect(
      capacity({ job: { source, freshnessSeconds: 1, expectedRecordsPerSecondPerShard: 1 } })
        .maxRecordsPerShard,
    ).to.equal(1);
    expect(capacity({})).to.not.have.property("maxRecordsPerShard");
  });

  it("starts a micro-batch twice in that time, at most once a second, by default", () => {
    expect(capacity({}).triggerSeconds).to.equal(5);
    expect(capacity({ job: { freshnessSeconds: 1 } }).triggerSeconds).to.equal(1);
    expect(capacity({ job: { triggerSeconds: 7 } }).triggerSeconds).to.equal(7);
  });

  it("gives each shard a core where a connector's tasks wait for records", () => {
    const executors = (shardCount: number) =>
      capacity({ stream: { mode: "provisioned", shardCount }, job: { source: "aws-kinesis" } })
        .maximumExecutors;
    expect([1, 2, 3, 4, 5].map(executors)).to.deep.equal([1, 1, 2, 2, 3]);
  });

  it("gives a core as many shards as it reads in half a trigger", () => {
    const executors = (shardCount: number, triggerSeconds: number) =>
      capacity({
        stream: { mode: "provisioned", shardCount },
        job: { triggerSeconds, expectedRecordsPerSecondPerShard: 1000, deduplicationMinutes: 0 },
        spark: { executorCores: 1 },
      }).maximumExecutors;
    // Two calls of 50 ms and 1,000 records a second at 50,000: 0.12 s for a trigger of 1 s, 0.2 s for one of 5 s.
    expect([4, 5, 8, 9].map((shards) => executors(shards, 1))).to.deep.equal([1, 2, 2, 3]);
    expect([12, 13, 25, 26].map((shards) => executors(shards, 5))).to.deep.equal([1, 2, 2, 3]);
  });

  it("gives the keys of all shards the memory they take, as de-duplication counts it", () => {
    const executors = (deduplicationMinutes: number, source: "kinesis-ranges" | "aws-kinesis") =>
      capacity({
        stream: { mode: "provisioned", shardCount: 16 },
        job: { deduplicationMinutes, source },
      }).maximumExecutors;
    // 39.4 MB a minute; an executor has 1365 MB.
    expect(
      [0, 34, 35, 69, 70].map((minutes) => executors(minutes, "kinesis-ranges")),
    ).to.deep.equal([1, 1, 2, 2, 3]);
    expect(executors(1440, "kinesis-ranges")).to.equal(8);
    expect(executors(0, "aws-kinesis")).to.equal(8);
    expect(
      capacity({
        stream: { mode: "provisioned", shardCount: 16 },
        spark: { master: "local[2]" },
      }).maximumExecutors,
    ).to.equal(1);
  });

  it("sizes an on-demand stream from its first four shards to its most", () => {
    const result = capacity({ stream: { mode: "onDemand", maxShards: 64 } });
    expect(result.minimumExecutors).to.equal(1);
    expect(result.maximumExecutors).to.equal(7);
  });

  it("gives the driver a node of its own only when the executors fill theirs", () => {
    const units = (shardCount: number, spark = {}) =>
      capacity({ stream: { mode: "provisioned", shardCount }, job: perShard, spark }).maximumUnits;
    expect(units(2)).to.equal(1);
    expect(units(4)).to.equal(2);
    expect(units(2, { driverCores: 2 })).to.equal(1);
    expect(units(2, { driverCores: 3 })).to.equal(2);
    expect(units(2, { driverMemoryMb: 6200 })).to.equal(1);
    expect(units(2, { driverMemoryMb: 6300 })).to.equal(2);
  });

  it("counts by memory where memory is scarcer than cores", () => {
    const stream = { mode: "provisioned", shardCount: 8 } as const;
    expect(capacity({ stream, job: perShard }).maximumUnits).to.equal(3);
    expect(
      capacity({ stream, job: perShard, spark: { executorMemoryMb: 8192 } }).maximumUnits,
    ).to.equal(4);
  });

  it("refuses an executor that no node can hold", () => {
    expect(() => capacity({ spark: { executorCores: 8 } })).to.throw(
      "an executor of 8 cores and 4096 MB does not fit on every type of m7g.xlarge",
    );
    expect(() => capacity({ spark: { executorMemoryMb: 10400 } })).to.throw(
      "10400 MB does not fit",
    );
    expect(capacity({ spark: { executorMemoryMb: 10300 } }).maximumExecutors).to.equal(1);
  });

  it("counts nodes for two drivers: the streaming job's, which never ends, and another beside it", () => {
    const units = (spark: object, instanceTypes = ["m7g.xlarge"]) =>
      capacity({ spark: { executorCores: 1, ...spark }, instanceTypes }).driverUnits;
    expect(units({ driverCores: 2 })).to.equal(1);
    expect(units({ driverCores: 3 })).to.equal(2);
    // Two containers of 5174 MB and 18.75 % fill the 12288 MB that YARN has of the node.
    expect(units({ driverMemoryMb: 5173 })).to.equal(1);
    expect(units({ driverMemoryMb: 5175 })).to.equal(2);
    expect(units({ driverCores: 3 }, ["m7g.2xlarge"])).to.equal(1);
  });

  it("refuses a driver that no node can hold", () => {
    expect(() => capacity({ spark: { driverCores: 5 } })).to.throw(
      "a driver of 5 cores and 2048 MB does not fit on every type of m7g.xlarge",
    );
    expect(capacity({ spark: { driverCores: 4 } }).driverUnits).to.equal(2);
  });

  it("goes by the smallest type", () => {
    expect(capacity({ instanceTypes: ["m7g.4xlarge", "m7g.xlarge"] }).maximumUnits).to.equal(
      capacity({ instanceTypes: ["m7g.xlarge"] }).maximumUnits,
    );
  });
});
