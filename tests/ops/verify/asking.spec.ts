import { expect } from "chai";
import { gzipSync } from "node:zlib";

import facts from "../../../contracts/driver-facts.json";
import { clusterCheck } from "../../../ops/verify/clusterCheck";
import { driverNodeCheck, rolledLogsCheck, runtimesCheck } from "../../../ops/verify/driverChecks";
import { parseDriverFacts } from "../../../ops/verify/driverFacts";
import { endpointCheck } from "../../../ops/verify/endpointCheck";
import { freshnessCheck, jobCheck } from "../../../ops/verify/jobChecks";
import { notificationCheck } from "../../../ops/verify/notificationCheck";
import { readPlannedStack } from "../../../ops/verify/plannedStack";
import { releaseCheck } from "../../../ops/verify/releaseCheck";
import { streamLimitsCheck } from "../../../ops/verify/streamCheck";
import { modelCheck, secondJobCheck, trainingCheck } from "../../../ops/verify/trainingChecks";
import { jobLock } from "../../contracts/jobLockExample";
import { fakeClient } from "../fakeClient";
import { deployedStack, fakeClients, object } from "./deployedStack";

describe("asking about the cluster and its job", () => {
  const line = `2026-01-02 03:00:00.000 INFO driver: driver facts: ${JSON.stringify(facts)}`;
  const folder = "logs/j-1/containers/application_1_0002";
  const keys = [
    `${folder}/container_1_0002_01_000001/spark-20260102-02-1.log.gz`,
    `${folder}/container_1_0002_02_000001/spark-20260102-03-1.log.gz`,
    `${folder}/container_1_0002_02_000001/spark-20260102-04-1.log.gz`,
    `${folder}/container_1_0002_02_000002/spark-20260102-03-1.log`,
    `${folder}/container_1_0002_02_000002/stderr.gz`,
  ];

  function stack(listed: readonly string[] = keys) {
    const s3 = fakeClient({
      GetObject: ({ Key }) =>
        object(
          (Key as string).endsWith(".lock.json")
            ? JSON.stringify(jobLock)
            : gzipSync(`first\n${line}\n`),
        ),
      ListObjectsV2: ({ ContinuationToken }) =>
        ContinuationToken === undefined
          ? { Contents: listed.slice(0, 2).map((Key) => ({ Key })), NextContinuationToken: "2" }
          : { Contents: listed.slice(2).map((Key) => ({ Key })) },
    });
    const clients = fakeClients({
      emr: {
        DescribeCluster: () => ({
          Cluster: {
            ReleaseLabel: "emr-7.14.0",
            Status: { State: "WAITING", StateChangeReason: { Code: "X" } },
          },
        }),
        ListInstances: ({ Marker }) =>
          Marker === undefined
            ? { Instances: [{ PrivateDnsName: "ip-1", Market: "SPOT" }], Marker: "2" }
            : { Instances: [{ PrivateDnsName: facts.host, Market: "ON_DEMAND" }] },
      },
    });
    return { s3, subject: deployedStack({ ...clients, s3: s3.client }) };
  }

  it("reads the state of the one in the stack's outputs, and the lock of its job", async () => {
    const { subject } = stack();
    expect((await clusterCheck.run(subject)).found).to.equal(
      "Cluster j-1 is WAITING: its nodes reach EMR and S3.",
    );
    expect((await jobCheck.run(subject)).status).to.equal("ok");
  });

  it("reads the beginning of the first log of the newest attempt's application master", async () => {
    const { s3, subject } = stack();
    expect((await rolledLogsCheck.run(subject)).found).to.equal(
      `4 rolled logs of the running job are uploaded, the newest ${keys[3]}.`,
    );
    expect((await runtimesCheck.run(subject)).status).to.equal("ok");
    expect(s3.sent.filter(({ command }) => command === "GetObject").at(-1)?.input).to.deep.equal({
      Bucket: "artifacts-1",
      Key: keys[1],
      Range: "bytes=0-1048575",
    });
    expect(s3.sent.find(({ command }) => command === "ListObjectsV2")?.input.Prefix).to.equal(
      `${folder}/`,
    );
  });

  it("looks for the driver's node among all that run", async () => {
    expect((await driverNodeCheck.run(stack().subject)).status).to.equal("ok");
  });

  it("fails before a log has rolled", async () => {
    const { subject } = stack([]);
    for (const check of [rolledLogsCheck, runtimesCheck, driverNodeCheck]) {
      expect((await check.run(subject)).status, check.id).to.equal("failed");
    }
  });

  it("takes the newest facts, and none from a line that was cut", () => {
    expect(parseDriverFacts(`driver facts: {"host":1}\n${line}`)).to.deep.equal(facts);
    expect(parseDriverFacts(line.slice(0, -5))).to.equal(undefined);
    expect(parseDriverFacts("nothing")).to.equal(undefined);
  });
});

describe("asking about alarms", () => {
  const alarms = [
    { AlarmName: "alarms-behind-0a1b2c3", StateValue: "OK" },
    { AlarmName: "alarms-freshness-0a1b2c3", StateValue: "INSUFFICIENT_DATA" },
  ];

  function cloudWatch(history: () => object) {
    return fakeClient({
      DescribeAlarms: ({ NextToken }) =>
        NextToken === undefined
          ? { MetricAlarms: alarms.slice(0, 1), NextToken: "2" }
          : { MetricAlarms: alarms.slice(1) },
      SetAlarmState: () => ({}),
      DescribeAlarmHistory: history,
    });
  }

  it("finds that of freshness among those of the stack's topic", async () => {
    const client = cloudWatch(() => ({}));
    const clients = {
      ...fakeClients({ s3: { GetObject: () => object(JSON.stringify(jobLock)) } }),
      cloudWatch: client.client,
    };
    expect((await freshnessCheck.run(deployedStack(clients))).found).to.match(
      /^alarms-freshness-0a1b2c3 has no data yet/,
    );
    expect(client.sent[0].input.ActionPrefix).to.equal(
      "arn:aws:sns:us-east-1:123456789012:alarms-1",
    );
  });

  it("sets it, waits for its notification, and restores its state", async () => {
    let looks = 0;
    const client = cloudWatch(() => {
      looks += 1;
      return looks < 3
        ? {}
        : { AlarmHistoryItems: [{ HistorySummary: "Successfully executed action arn:topic" }] };
    });
    const subject = deployedStack({ ...fakeClients(), cloudWatch: client.client });
    expect((await notificationCheck.run(subject)).status).to.equal("ok");
    const set = client.sent.filter(({ command }) => command === "SetAlarmState");
    expect(set.map(({ input }) => [input.AlarmName, input.StateValue])).to.deep.equal([
      ["alarms-freshness-0a1b2c3", "ALARM"],
      ["alarms-freshness-0a1b2c3", "INSUFFICIENT_DATA"],
    ]);
    expect(looks).to.equal(3);
  });

  it("restores the state although the history cannot be read", async () => {
    const client = cloudWatch(() => new Error("No."));
    const subject = deployedStack({ ...fakeClients(), cloudWatch: client.client });
    await notificationCheck.run(subject).catch(() => undefined);
    const last = client.sent.at(-1);
    expect([last?.command, last?.input.StateValue]).to.deep.equal([
      "SetAlarmState",
      "INSUFFICIENT_DATA",
    ]);
  });
});

describe("asking about training and serving", () => {
  const sagemaker = {
    ListPipelineExecutions: () => ({
      PipelineExecutionSummaries: [
        { PipelineExecutionArn: "arn:2", PipelineExecutionStatus: "Executing" },
        { PipelineExecutionArn: "arn:1", PipelineExecutionStatus: "Succeeded" },
      ],
    }),
    ListPipelineExecutionSteps: ({ PipelineExecutionArn: arn }: Record<string, unknown>) => ({
      PipelineExecutionSteps: [
        { StepName: `Set-${String(arn)}`, StepStatus: "Succeeded", Metadata: { EMR: {} } },
        {
          StepName: "Register",
          StepStatus: "Succeeded",
          Metadata: { RegisterModel: { Arn: "arn:package/1" } },
        },
      ],
    }),
    ListModelPackages: () => ({ ModelPackageSummaryList: [] }),
    DescribeEndpoint: () => ({ EndpointStatus: "InService", EndpointConfigName: "c" }),
    DescribeEndpointConfig: () => ({ ProductionVariants: [{ ModelName: "m" }] }),
    DescribeModel: () => ({ PrimaryContainer: { ModelPackageName: "arn:package/1" } }),
  };

  it("uses the last execution that ended for one check, the newest for the other", async () => {
    const subject = deployedStack(fakeClients({ sagemaker }));
    expect((await trainingCheck.run(subject)).status).to.equal("ok");
    expect((await secondJobCheck.run(subject)).found).to.contain("Set-arn:2");
    expect((await modelCheck.run(subject)).status).to.equal("not applicable");
  });

  it("follows the endpoint to the package that it serves", async () => {
    const endpoint = { name: "e", variantName: "v", modelPackageArn: "arn:package/1" };
    const subject = deployedStack(fakeClients({ sagemaker }), { endpoint });
    expect((await endpointCheck.run(subject)).status).to.equal("ok");
    expect((await endpointCheck.run(deployedStack(fakeClients()))).status).to.equal(
      "not applicable",
    );
  });
});

describe("asking before the first deployment", () => {
  const planned = readPlannedStack({ stack: "dev" });

  it("reads what the stack's file asks for", () => {
    expect(planned.region).to.equal("us-east-1");
    expect(planned.stream.shardCount).to.equal(1);
    expect(() => readPlannedStack({ stack: "gone" })).to.throw(
      /^There is no Pulumi\.gone\.yaml in .*\. Stacks with a file there: dev, local, prod\.$/,
    );
  });

  it("compares Kinesis's limits and EMR's types with it", async () => {
    const clients = fakeClients({
      kinesis: { DescribeLimits: () => ({ ShardLimit: 200, OpenShardCount: 3 }) },
      emr: {
        ListSupportedInstanceTypes: ({ ReleaseLabel, Marker }) =>
          Marker === undefined
            ? { SupportedInstanceTypes: [{ Type: "m7g.xlarge" }], Marker: String(ReleaseLabel) }
            : { SupportedInstanceTypes: [{ Type: "m6g.xlarge" }] },
      },
    });
    expect((await streamLimitsCheck.run({ planned, clients })).found).to.equal(
      "3 of 200 shards are open; the stack needs 1.",
    );
    expect((await releaseCheck.run({ planned, clients })).found).to.equal(
      "On emr-7.14.0 EMR does not support r7g.xlarge, r6g.xlarge.",
    );
  });

  it("takes a release that EMR refuses for one that it does not have", async () => {
    const refusal = Object.assign(new Error("Release"), { name: "InvalidRequestException" });
    const clients = fakeClients({ emr: { ListSupportedInstanceTypes: () => refusal } });
    expect((await releaseCheck.run({ planned, clients })).found).to.equal(
      "EMR has no release emr-7.14.0 in this region.",
    );
  });
});
