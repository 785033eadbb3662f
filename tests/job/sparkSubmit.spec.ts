import { expect } from "chai";
import { readFileSync } from "node:fs";

import { type Capacity, planCapacity } from "../../components/job/capacity";
import { jobConfigSchema } from "../../components/job/config";
import {
  type StreamingJobArguments,
  streamingJobArguments,
} from "../../components/job/jobArguments";
import {
  batchJobSettings,
  settingProblem,
  streamingJobSettings,
} from "../../components/job/sparkSettings";
import { sparkSubmit } from "../../components/job/sparkSubmit";

const job = jobConfigSchema.parse({
  source: "kinesis-ranges",
  freshnessSeconds: 10,
  expectedRecordsPerSecondPerShard: 500,
});
const fannedOut = { ...job, source: "aws-kinesis" } as const;
const local = jobConfigSchema.parse({
  source: "kinesis-ranges",
  freshnessSeconds: 2,
  expectedRecordsPerSecondPerShard: 500,
  spark: { master: "local[2]", deployMode: "client" },
});
const capacity = planCapacity({
  stream: { mode: "onDemand", maxShards: 8 },
  job: fannedOut,
  instanceTypes: ["m7g.xlarge"],
}) as Capacity;

const submission = {
  name: "job",
  master: "yarn",
  deployMode: "cluster",
  pyFiles: ["p.zip"],
  archives: "d.zip#d",
  settings: { "spark.a": "1" },
  entryPoint: "job.py",
  applicationArguments: [],
} as const;

describe("spark-submit arguments", () => {
  it("puts options before the entry point, sorted settings, and the application's arguments last", () => {
    expect(
      sparkSubmit({
        name: "streaming-job",
        master: "yarn",
        deployMode: "cluster",
        pyFiles: ["s3a://b/code/p.zip", "s3a://b/code/own/module.py"],
        archives: "s3a://b/code/d.zip#driver_dependencies",
        settings: { "spark.b": "2", "spark.a": "1" },
        entryPoint: "s3a://b/code/job.py",
        applicationArguments: ["--stream", "events"],
      }),
    ).to.deep.equal([
      "spark-submit",
      "--master",
      "yarn",
      "--deploy-mode",
      "cluster",
      "--name",
      "streaming-job",
      "--py-files",
      "s3a://b/code/p.zip,s3a://b/code/own/module.py",
      "--archives",
      "s3a://b/code/d.zip#driver_dependencies",
      "--conf",
      "spark.a=1",
      "--conf",
      "spark.b=2",
      "s3a://b/code/job.py",
      "--stream",
      "events",
    ]);
  });

  it("ships files by name before the settings, and says nothing of files when there are none", () => {
    const files = ["s3a://b/code/log4j2-1.properties#log4j2.properties", "s3a://b/x"];
    const command = sparkSubmit({ ...submission, files });
    expect(command.slice(command.indexOf("--archives") + 2)).to.deep.equal([
      "--files",
      "s3a://b/code/log4j2-1.properties#log4j2.properties,s3a://b/x",
      "--conf",
      "spark.a=1",
      "job.py",
    ]);
    expect(sparkSubmit(submission)).to.not.include("--files");
  });

  it("names its jars before those of the stack, which the option would hide", () => {
    const withJars = {
      ...submission,
      settings: { "spark.a": "1", "spark.jars": "s3a://x/y.jar,s3a://x/z.jar" },
    };
    const jarsOf = (command: string[]) => command.slice(command.indexOf("--archives") + 2);
    expect(jarsOf(sparkSubmit({ ...withJars, jars: ["s3a://b/code/own.jar"] }))).to.deep.equal([
      "--jars",
      "s3a://b/code/own.jar,s3a://x/y.jar,s3a://x/z.jar",
      "--conf",
      "spark.a=1",
      "job.py",
    ]);
    expect(jarsOf(sparkSubmit(withJars)).slice(0, 2)).to.deep.equal([
      "--jars",
      "s3a://x/y.jar,s3a://x/z.jar",
    ]);
    expect(sparkSubmit({ ...submission, settings: {} })).to.not.include("--jars");
  });

  it("gives the streaming job exactly the arguments the contract lists, in its order", () => {
    const contract = JSON.parse(
      readFileSync("contracts/streaming-job-arguments.json", "utf8"),
    ) as string[];
    const value = (name: string) => contract[contract.indexOf(name) + 1];
    const namespace = value("--metrics").replace("cloudwatch:", "");
    expect(
      streamingJobArguments(
        {
          stream: value("--stream"),
          region: value("--region"),
          source: "kinesis-ranges",
          contractUri: value("--contract"),
          eventsUri: value("--events-uri"),
          checkpointUri: value("--checkpoint-uri"),
          lockUri: value("--lock-uri"),
          stopUri: value("--stop-uri"),
          generation: value("--generation"),
          triggerSeconds: Number(value("--trigger-seconds")),
          freshnessSeconds: Number(value("--freshness-seconds")),
          deduplicationMinutes: Number(value("--deduplication-minutes")),
          hashKeySecret: value("--hash-key-secret"),
          keyVersion: Number(value("--key-version")),
          quarantineKeySecret: value("--quarantine-key-secret"),
          quarantineKeyVersion: value("--quarantine-key-version"),
          metrics: { kind: "cloudwatch", namespace },
          restarts: Number(value("--restarts")),
        },
        value("--spec-hash"),
      ),
    ).to.deep.equal(contract);
  });

  const least: StreamingJobArguments = {
    stream: "s",
    region: "r",
    source: "kinesis-ranges",
    contractUri: "k",
    eventsUri: "e",
    checkpointUri: "c",
    lockUri: "l",
    stopUri: "m",
    generation: "1",
    triggerSeconds: 1,
    freshnessSeconds: 3,
    deduplicationMinutes: 1,
    hashKeySecret: "h",
    keyVersion: 1,
    quarantineKeySecret: "q",
    quarantineKeyVersion: "v",
    metrics: { kind: "file", path: "metrics.jsonl" },
    restarts: 0,
  };

  it("names a metrics file by its relative path", () => {
    const args = streamingJobArguments(least, "0");
    expect(args[args.indexOf("--metrics") + 1]).to.equal("file:metrics.jsonl");
  });

  it("bounds a connector's micro-batches by records, and names the consumer it reads through", () => {
    const args = streamingJobArguments(
      { ...least, source: "aws-kinesis", maxRecordsPerShard: 7, consumerName: "spark" },
      "0",
    );
    expect(args[args.indexOf("--max-records-per-shard") + 1]).to.equal("7");
    expect(args[args.indexOf("--consumer") + 1]).to.equal("spark");
    const planned = streamingJobArguments(least, "0");
    expect(planned).to.not.include.members(["--max-records-per-shard"]);
    expect(planned).to.not.include.members(["--consumer"]);
  });
});

describe("Spark settings", () => {
  it("leave to the job what it relies on, and refuse a stack that sets it", () => {
    const name = "spark.speculation";
    for (const settings of [
      streamingJobSettings(job, capacity),
      streamingJobSettings(local, capacity),
    ]) {
      expect(settings).to.include({ "spark.sql.shuffle.partitions": "2" });
      expect(settings).to.not.have.property(name);
    }
    expect(settingProblem(name, "kinesis-ranges")).to.match(
      /^is set by the job itself, because a second copy of a task .*: remove it$/,
    );
    expect(settingProblem("spark.executor.memory", "kinesis-ranges")).to.equal(
      "is set by the program: remove it",
    );
    expect(settingProblem("spark.files", "kinesis-ranges")).to.contain("log configuration");
    expect(settingProblem("spark.ui.enabled", "kinesis-ranges")).to.equal(undefined);
  });

  it("may retry a stage only where the source knows the ranges before it reads them", () => {
    const attempts = "spark.stage.maxConsecutiveAttempts";
    expect(settingProblem(attempts, "aws-kinesis")).to.contain("connector may read further");
    expect(settingProblem(attempts, "kinesis-ranges")).to.equal(undefined);
  });

  it("let executors follow the shards, and drivers restart, on YARN only", () => {
    expect(streamingJobSettings(job, capacity)).to.include({
      "spark.dynamicAllocation.minExecutors": "2",
      "spark.dynamicAllocation.initialExecutors": "2",
      "spark.dynamicAllocation.maxExecutors": "4",
      "spark.dynamicAllocation.executorIdleTimeout": "600s",
      "spark.executor.cores": "2",
      "spark.executor.memory": "4096m",
      "spark.yarn.maxAppAttempts": "4",
      "spark.yarn.am.attemptFailuresValidityInterval": "1h",
      "spark.executor.failuresValidityInterval": "1h",
      "spark.yarn.submit.waitAppCompletion": "true",
      "spark.yarn.rolledLog.includePattern": "spark-\\d{8}-\\d{2}-\\d+\\.log",
      "spark.yarn.appMasterEnv.PYTHONPATH": "driver_dependencies",
    });
    const names = Object.keys(streamingJobSettings(local, capacity)).join(" ");
    expect(names).to.not.match(/yarn|dynamicAllocation|executor/);
  });

  it("keep idle executors longer than any pause between two micro-batches", () => {
    const idle = (triggerSeconds: number) =>
      streamingJobSettings(job, { ...capacity, triggerSeconds })[
        "spark.dynamicAllocation.executorIdleTimeout"
      ];
    expect([1, 300, 301, 600].map(idle)).to.deep.equal(["600s", "600s", "602s", "1200s"]);
  });

  it("let a batch job keep no executors when it is done", () => {
    const settings = batchJobSettings(job.spark, capacity, 3);
    expect(settings).to.include({
      "spark.dynamicAllocation.minExecutors": "0",
      "spark.dynamicAllocation.initialExecutors": "1",
      "spark.dynamicAllocation.maxExecutors": "3",
    });
  });

  it("keep what the stack adds, but not over what the program sets", () => {
    const spark = {
      ...job.spark,
      settings: { "spark.ui.enabled": "false", "spark.driver.memory": "1g" },
    };
    expect(streamingJobSettings({ ...job, spark }, capacity)).to.include({
      "spark.ui.enabled": "false",
      "spark.driver.memory": `${job.spark.driverMemoryMb}m`,
    });
  });
});
