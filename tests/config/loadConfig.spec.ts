import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { existsSync, readdirSync } from "node:fs";

import { loadConfig, parseRooms } from "../../components/config/loadConfig";
import { inRepository } from "../../tools/paths";
import { mockStack } from "../shared/pulumiMocks";
import { problems, rooms, stackConfig } from "../shared/stackConfig";

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
      "Pulumi.broken.yaml has 13 problems; nothing was planned:",
      "  - aws:region is required, for example us-east-1.",
      "  - streaming-ml:workload is required: see docs/configuration.md.",
      "  - streaming-ml:network is required: see docs/configuration.md.",
      "  - streaming-ml:stream has unknown keys: shards. Remove them or correct their spelling.",
      '  - streaming-ml:stream.maxShards is required with mode "onDemand", because such a stream has no shard ' +
        "count to size the cluster by: say how many shards it may open at most.",
      "  - streaming-ml:lake is required: see docs/configuration.md.",
      "  - streaming-ml:cluster is required: see docs/configuration.md.",
      "  - streaming-ml:job.freshnessSeconds must be an integer from 1 to 600. Raise it. Received: 0.",
      "  - streaming-ml:job.expectedRecordsPerSecondPerShard is missing: set it to an integer from 1 to 1000.",
      "  - streaming-ml:training is required: see docs/configuration.md.",
      "  - streaming-ml:endpoint is required: see docs/configuration.md.",
      "  - streaming-ml:api is required: see docs/configuration.md.",
      "  - streaming-ml:alarms is required: see docs/configuration.md.",
    ]);
    expect(registered).to.deep.equal([]);
  });

  it("refuses a region without AWS's images, beside every other problem, and takes it with the stack's own", async () => {
    const config = stackConfig("dev");
    const refusal = (training: object): string => {
      pulumi.runtime.setAllConfig({
        ...Object.fromEntries(
          Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)]),
        ),
        "aws:region": "eu-north-9",
        "streaming-ml:training": JSON.stringify(training),
      });
      try {
        loadConfig();
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    await mockStack("dev");
    expect(refusal({})).to.match(
      /- aws:region has no registry of AWS's TensorFlow images .* Received: "eu-north-9"\.$/,
    );
    expect(refusal({ trainingImage: "r/t:1", inferenceImage: "r/i:1" })).to.equal("");
  });

  it("lists the existing workloads when a stack names another one", () => {
    const known = readdirSync(inRepository("workloads")).filter((name) =>
      existsSync(inRepository("workloads", name, "workload.json")),
    );
    expect(known).to.include("sentiment");
    const rule = `must be a folder of workloads/ with a workload.json: ${known.sort().join(", ")}. Correct it, or add the folder`;
    for (const workload of ["sentimnt", "../sentiment", ""]) {
      expect(problems("dev", { workload })).to.deep.equal([
        `workload ${rule}. Received: "${workload}".`,
      ]);
    }
    expect(problems("dev", { workload: 7 })).to.deep.equal([`workload ${rule}. Received: 7.`]);
  });

  it("says that a value is not an object", () => {
    expect(problems("dev", { stream: "provisioned" })[0]).to.equal(
      'stream must be an object. Correct it. Received: "provisioned".',
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

  it("refuses a consumer of its own for a source that only polls", () => {
    expect(problems("local", { "stream.fanOut": true })).to.deep.equal([
      'stream.fanOut needs job.source "aws-kinesis": the other source only polls. Set one of them otherwise. ' +
        "Received: true.",
    ]);
    const connector = { "job.source": "aws-kinesis", "job.freshnessSeconds": 12 };
    expect(problems("dev", { ...connector, "stream.fanOut": true })).to.deep.equal([]);
  });

  it("promises no event to be fresher than its source can make it", () => {
    const refused = (stack: string, change: Record<string, unknown>) =>
      problems(stack, change).map((problem) =>
        problem.replace(/: (its|a) .*\. Received/, ". Received"),
      );
    const fresh = (seconds: number) => ({ "job.freshnessSeconds": seconds });
    const connector = (seconds: number) => ({ ...fresh(seconds), "job.source": "aws-kinesis" });
    expect(refused("dev", fresh(2))).to.deep.equal([
      "job.freshnessSeconds must be at least 3 on a cluster. Received: 2.",
    ]);
    expect(refused("dev", fresh(3))).to.deep.equal([]);
    expect(refused("local", fresh(1))).to.deep.equal([]);
    expect(refused("dev", connector(11))).to.deep.equal([
      'job.freshnessSeconds must be at least 12 with source "aws-kinesis". Received: 11.',
    ]);
    expect(refused("dev", connector(12))).to.deep.equal([]);
  });

  it("refuses a firewall that blocks an address for what the stage would serve, and accepts the exact limit", () => {
    // prod admits 100 requests a second and a burst of 200: 300 s x 100 + 200.
    const limit = (requests: number) => ({ "api.waf.requestsPerFiveMinutes": requests });
    expect(problems("prod", limit(30199))).to.deep.equal([
      "api.waf.requestsPerFiveMinutes must be at least 30200, which is what throttle admits in five minutes (100 a " +
        "second for 300 seconds and a burst of 200): with less, the firewall blocks clients behind one address that " +
        "the stage would serve. Raise it, or lower throttle. Received: 30199.",
    ]);
    expect(problems("prod", limit(30200))).to.deep.equal([]);
    // Without a throttle of the stack's own its default of 50 and 100 counts.
    expect(problems("dev", { "api.waf": { requestsPerFiveMinutes: 15099 } })[0]).to.contain(
      "must be at least 15100",
    );
    expect(problems("dev", { "api.waf": { requestsPerFiveMinutes: 15100 } })).to.deep.equal([]);
  });

  it("refuses a Spark setting that the job's guarantees depend on, and accepts others", () => {
    const set = (name: string) => ({ "job.spark": { settings: { [name]: "true" } } });
    expect(problems("dev", set("spark.speculation"))).to.deep.equal([
      'job.spark.settings["spark.speculation"] is set by the job itself, because a second copy of a task would double ' +
        "the reads of its shards, which Kinesis limits, and two executors would write one state file: remove it. " +
        'Received: "true".',
    ]);
    expect(problems("dev", set("spark.driver.memory"))).to.deep.equal([
      'job.spark.settings["spark.driver.memory"] is set by the program: remove it. Received: "true".',
    ]);
    expect(problems("dev", set("spark.ui.enabled"))).to.deep.equal([]);
  });

  it("refuses training in a private network that has no way to the model registry", () => {
    const closed = { "network.natGateways": "none" };
    const endpoints = [
      "ec2",
      "elasticmapreduce",
      "kinesis-streams",
      "kms",
      "logs",
      "monitoring",
    ].concat(["secretsmanager", "sts"]);
    const without = { ...closed, "network.interfaceEndpoints": endpoints };
    expect(problems("prod", without)).to.have.length(1);
    expect(problems("prod", without)[0]).to.match(
      /^network\.interfaceEndpoints must contain sagemaker\.api while training\.inVpc is true/,
    );
    expect(problems("prod", { ...without, "training.inVpc": false })).to.deep.equal([]);
    expect(
      problems("prod", {
        ...closed,
        "network.interfaceEndpoints": [...endpoints, "sagemaker.api"],
      }),
    ).to.deep.equal([]);
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
    expect(config.capacity.triggerSeconds).to.equal(5);
  });
});
