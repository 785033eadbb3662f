import { expect } from "chai";

import { problems } from "../shared/stackConfig";

describe("configuration of the cluster", () => {
  it("refuses a class path of the stack's own, which would hide EMR's Kinesis connector", () => {
    for (const name of ["spark.driver.extraClassPath", "spark.executor.extraClassPath"]) {
      expect(problems("dev", { "job.spark": { settings: { [name]: "/x/*" } } })).to.deep.equal([
        `job.spark.settings["${name}"] would take EMR's own class path away, and the Kinesis connector with it: use ` +
          'spark.jars. Received: "/x/*".',
      ]);
    }
    expect(
      problems("dev", { "job.spark": { settings: { "spark.jars": "/x/y.jar" } } }),
    ).to.deep.equal([]);
  });

  it("refuses to remember more keys than a third of the memory that is there", () => {
    // 2 shards x 500 records/s x 60 s x 2 x 43 bytes are 4.921 MB a minute; an executor has 4,096 MB.
    const wide = { "stream.shardCount": 2, "cluster.scaling.maximumUnits": 3, "job.spark": {} };
    expect(problems("dev", { ...wide, "job.deduplicationMinutes": 277 })).to.deep.equal([]);
    expect(problems("dev", { ...wide, "job.deduplicationMinutes": 278 })).to.deep.equal([
      "job.deduplicationMinutes asks an executor to remember 1369 MB of keys at the expected rate, and a third of its " +
        "memory is 1365 MB. Lower it, or raise job.spark.executorMemoryMb. Received: 278.",
    ]);
    expect(problems("local", { "job.deduplicationMinutes": 1440 })).to.deep.equal([
      "job.deduplicationMinutes asks the job to remember 14173 MB of keys at the expected rate, and a third of its " +
        "memory is 682 MB. Lower it, or raise job.spark.driverMemoryMb. Received: 1440.",
    ]);
  });

  it("refuses a key of the logs that the bucket would refuse, and takes one where the bucket has none", () => {
    const keyArn = "arn:aws:kms:us-east-1:123456789012:key/logs";
    expect(problems("prod", { "cluster.logEncryptionKeyArn": keyArn })).to.deep.equal([
      "cluster.logEncryptionKeyArn contradicts lake.encryption: the bucket of the logs takes no other key than the " +
        `lake's, which encrypts the logs, too. Remove it. Received: "${keyArn}".`,
    ]);
    expect(problems("dev", { "cluster.logEncryptionKeyArn": keyArn })).to.deep.equal([]);
    expect(problems("dev", { "cluster.logEncryptionKeyArn": "alias/logs" })).to.deep.equal([
      'cluster.logEncryptionKeyArn must be the ARN of a KMS key. Received: "alias/logs".',
    ]);
  });

  it("refuses to lose how a step's state relates to its job", () => {
    const settings = { "spark.yarn.submit.waitAppCompletion": "false" };
    expect(problems("dev", { "job.spark": { settings } })).to.have.length(1);
  });

  it("refuses spot core nodes, and says where spot nodes belong", () => {
    expect(problems("dev", { "cluster.core.spotCount": 1 })).to.deep.equal([
      "cluster.core.spotCount must be 0: core nodes hold HDFS, and YARN puts drivers on on-demand nodes only. Spot " +
        "nodes belong under cluster.task. Received: 1.",
    ]);
    expect(problems("dev", { "cluster.core.spotCount": 0 })).to.deep.equal([]);
  });

  it("refuses fewer on-demand nodes than core nodes, and accepts as many", () => {
    const onDemand = (units: number) => ({
      "cluster.core.count": 3,
      "cluster.scaling.maximumOnDemandUnits": units,
    });
    expect(problems("prod", onDemand(2))).to.deep.equal([
      "cluster.scaling.maximumOnDemandUnits must be at least core.count, because core nodes are on-demand: raise it, or lower " +
        "core.count. Received: 2.",
    ]);
    expect(problems("prod", onDemand(3))).to.deep.equal([]);
  });

  it("refuses to leave the driver of a second job without a node, and accepts the exact number", () => {
    const drivers = (units: number) => ({
      "job.spark": { driverCores: 3 },
      "cluster.scaling": {
        minimumUnits: 2,
        maximumUnits: 3,
        maximumCoreUnits: 2,
        maximumOnDemandUnits: units,
      },
    });
    expect(problems("dev", drivers(1))).to.deep.equal([
      "cluster.scaling.maximumOnDemandUnits must be at least 2: the drivers of the streaming job and of a batch job " +
        "beside it run on on-demand nodes only. Raise it, use larger nodes or smaller drivers. Received: 1.",
    ]);
    expect(problems("dev", drivers(2))).to.deep.equal([]);
  });

  it("takes the releases the job is built for, and says of others why not", () => {
    const label = (releaseLabel: unknown) =>
      problems("dev", { "cluster.releaseLabel": releaseLabel });
    expect([label("emr-7.13.0"), label("emr-7.14.0")]).to.deep.equal([[], []]);
    expect(label("emr-spark-8.0.0")).to.deep.equal([
      "cluster.releaseLabel has Spark 4.0, Scala 2.13, Python 3.13, and the job is built for Spark 3.5, Scala 2.12, " +
        'Python 3.11: use emr-7.14.0 or emr-7.13.0. Received: "emr-spark-8.0.0".',
    ]);
    expect(label("emr-6.15.0")).to.deep.equal([
      "cluster.releaseLabel is of a line that runs Java 8, and the job is built for Java 17: use emr-7.14.0 or " +
        'emr-7.13.0. Received: "emr-6.15.0".',
    ]);
    expect(label(undefined)).to.deep.equal([
      "cluster.releaseLabel must be the label of a release, emr-7.14.0 or emr-7.13.0.",
    ]);
    expect(label("7.14.0")).to.have.length(1);
  });

  it("refuses another Python than the job's packages are built for, under any name", () => {
    for (const name of [
      "spark.pyspark.python",
      "spark.pyspark.driver.python",
      "spark.yarn.appMasterEnv.PYSPARK_PYTHON",
      "spark.executorEnv.PYSPARK_PYTHON",
    ]) {
      const settings = { [name]: "/usr/bin/python3" };
      expect(problems("dev", { "job.spark": { settings } }), name).to.have.length(1);
    }
  });

  it("refuses to read protected data's stream on spot nodes, and lets disposable data's be", () => {
    // 16 provisioned shards, a core for each, 4 cores an executor, 2 executors a node: 2 nodes, and one more for the
    // driver.
    const stack = {
      "job.source": "aws-kinesis",
      "job.freshnessSeconds": 12,
      "stream.mode": "provisioned",
      "stream.maxShards": undefined,
      "stream.shardCount": 16,
      "cluster.core.count": 2,
      "lake.compaction": {},
      "cluster.scaling": {
        minimumUnits: 3,
        maximumUnits: 20,
        maximumCoreUnits: 2,
        maximumOnDemandUnits: 2,
      },
    };
    expect(problems("prod", stack)).to.deep.equal([
      "cluster.scaling.maximumOnDemandUnits must be at least 3: with fewer, reading this stream would depend on spot " +
        "nodes, and its data is protected. Raise it, or use larger nodes. Received: 2.",
    ]);
    expect(problems("prod", { ...stack, "cluster.scaling.maximumOnDemandUnits": 3 })).to.deep.equal(
      [],
    );
    expect(problems("prod", { ...stack, "lake.protect": false })).to.deep.equal([]);
  });

  it("takes certificates by the address of their zip only", () => {
    const certificates = (uri: string) => ({ "cluster.transitCertificates": { uri } });
    for (const uri of ["s3://bucket", "https://bucket/nodes.zip", "s3://bucket/*"]) {
      expect(problems("prod", certificates(uri)), uri).to.have.length(1);
    }
    expect(problems("prod", certificates("s3://bucket/a/nodes.zip"))).to.deep.equal([]);
  });

  it("refuses scaling limits below what the stream demands, on both ends, and accepts the exact ones", () => {
    // 64 shards, a core for each, 4 cores an executor, 2 executors a node: 8 nodes, and one more for the driver.
    const perShard = { "job.source": "aws-kinesis", "job.freshnessSeconds": 12 };
    const maximum = (units: number) => ({
      ...perShard,
      "cluster.scaling": {
        minimumUnits: 3,
        maximumUnits: units,
        maximumCoreUnits: 3,
        maximumOnDemandUnits: 3,
      },
    });
    expect(problems("prod", maximum(8))).to.deep.equal([
      "cluster.scaling.maximumUnits must be at least 9: the driver and 16 executors that a fully grown " +
        "stream needs, take as many nodes. Raise it, use larger nodes or fewer shards. Received: 8.",
    ]);
    expect(problems("prod", maximum(9))).to.deep.equal([]);

    const shards = (count: number) => ({
      ...perShard,
      "stream.shardCount": count,
      "job.spark": {},
    });
    // One node holds the driver and one executor of two cores.
    expect(problems("dev", shards(2))).to.deep.equal([]);
    expect(problems("dev", shards(3))).to.deep.equal([
      "cluster.scaling.minimumUnits must be at least 2: the driver and 2 executors that its shards need, take " +
        "as many nodes. Raise it, use larger nodes or fewer shards. Received: 1.",
    ]);
  });

  it("refuses a compaction that would make the cluster grow every hour, and lets it have one executor anyway", () => {
    // Three nodes of 8 cores: two drivers of 2, an executor of 4 for the first four shards, and room for four more.
    const executors = (count: number) => ({ "lake.compaction": { maxExecutors: count } });
    expect(problems("prod", executors(5))).to.deep.equal([
      "lake.compaction.maxExecutors must be at most 4: beside the streaming job, cluster.scaling.minimumUnits nodes " +
        "hold 4 executors, and with more each run makes the cluster grow. Lower it, or raise " +
        "cluster.scaling.minimumUnits. Received: 5.",
    ]);
    expect(problems("prod", executors(4))).to.deep.equal([]);
    const full = { "job.spark": {} };
    expect(problems("dev", { ...full, ...executors(1) })).to.deep.equal([]);
    expect(problems("dev", { ...full, ...executors(2) })[0]).to.contain("nodes hold 0 executors");
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
});
