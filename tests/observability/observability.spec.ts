import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { alarmsConfigSchema } from "../../components/observability/config";
import { Observability } from "../../components/observability/observability";
import {
  find,
  mockStack,
  namesOf,
  type Registered,
  settled,
  statements,
  valueOf,
} from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:alarms-undelivered-1a2b3c4";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

const PIPELINE = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/streaming-ml-test";

describe("Observability", () => {
  let registered: Registered[];

  async function observability(
    change: { recipients?: string[]; enabled?: boolean; endpoint?: boolean } = {},
  ): Promise<Observability> {
    registered = await mockStack("test");
    const made = new Observability("alarms", {
      ...alarmsConfigSchema.parse({
        recipients: change.recipients ?? "none",
        iteratorAgeShareOfRetention: 0.25,
      }),
      target: {
        region: "us-east-1",
        accountId: pulumi.output("123456789012"),
        partition: pulumi.output("aws"),
      },
      stream: { name: "events-1", retentionHours: 48 },
      job: {
        enabled: change.enabled ?? true,
        source: "aws-kinesis",
        freshnessSeconds: 20,
        metrics: { kind: "cloudwatch", namespace: "StreamingMl" },
      },
      clusterId: "j-1",
      pipelineArn: PIPELINE,
      deliveries: {
        rules: { approval: undefined },
        deadLetterQueues: { compaction: "compaction-undelivered-1", training: undefined },
      },
      api: { name: "api-1", stage: "live" },
      endpoint: change.endpoint ? { endpointName: "sentiment", variantName: "live" } : undefined,
    });
    await settled();
    return made;
  }

  const names = () => namesOf(registered, ALARM).map((name) => name.replace("alarms-", ""));

  it("watches stream, job and cluster, and serving only where a model serves", async () => {
    await observability();
    const always = [
      "cluster-too-small",
      "failed-delivery-ended-cluster",
      "failed-delivery-failed-step",
      "failed-delivery-failed-training",
      "failed-notification",
      "freshness",
      "hdfs-full",
      "iterator-age",
      "job-not-running",
      "quarantine",
      "read-throttled",
      "rows-dropped",
      "undelivered-announcements",
      "undelivered-compaction",
      "unhealthy-nodes",
      "write-throttled",
    ];
    expect(names()).to.deep.equal(always);
    await observability({ endpoint: true });
    expect(names()).to.deep.equal([...always, "api-errors", "endpoint-errors"].sort());
  });

  it("sends firing and resolved alarms to the topic, with the name of the runbook", async () => {
    await observability();
    for (const { name, inputs } of registered.filter(({ type }) => type === ALARM)) {
      expect(inputs.alarmActions, name).to.deep.equal([TOPIC]);
      expect(inputs.okActions, name).to.deep.equal([TOPIC]);
      const role = name.replace(/^alarms-/, "").replace(/^(failed-delivery|undelivered)-.*/, "$1");
      expect(inputs.alarmDescription, name).to.match(
        new RegExp(` Runbook: docs/runbooks/${role}\\.md$`),
      );
    }
  });

  it("hands one metric over as it is, and several as an expression of which only the result counts", async () => {
    await observability();
    const plain = find(registered, ALARM, "alarms-freshness").inputs;
    expect(plain).to.deep.include({
      namespace: "StreamingMl",
      metricName: "FreshnessP95Seconds",
      dimensions: { Stream: "events-1" },
      statistic: "Average",
      period: 60,
    });
    expect(plain).to.not.have.property("metricQueries");
    const computed = find(registered, ALARM, "alarms-quarantine").inputs;
    const metric = (metricName: string) => ({
      namespace: "StreamingMl",
      metricName,
      dimensions: { Stream: "events-1" },
      stat: "Sum",
      period: 300,
    });
    expect(computed.metricQueries).to.deep.equal([
      {
        id: "watched",
        label: "quarantine",
        expression: "IF(rows >= 100, 100 * refused / rows, 0)",
        returnData: true,
      },
      { id: "refused", returnData: false, metric: metric("QuarantinedRows") },
      { id: "rows", returnData: false, metric: metric("RowsIn") },
    ]);
    expect(computed).to.not.have.any.keys("metricName", "namespace", "statistic", "period");
  });

  const pattern = (name: string) =>
    JSON.parse(
      find(registered, "aws:cloudwatch/eventRule:EventRule", name).inputs.eventPattern as string,
    ) as { detail: Record<string, unknown> };

  it("announces failed steps, the cluster's end and failed training, of this stack only", async () => {
    await observability();
    expect(pattern("alarms-failed-step")).to.deep.equal({
      source: ["aws.emr"],
      "detail-type": ["EMR Step Status Change"],
      detail: { clusterId: ["j-1"], state: ["FAILED", "CANCELLED"] },
    });
    expect(pattern("alarms-ended-cluster")).to.deep.equal({
      source: ["aws.emr"],
      "detail-type": ["EMR Cluster State Change"],
      detail: { clusterId: ["j-1"], state: ["TERMINATED", "TERMINATED_WITH_ERRORS"] },
    });
    expect(pattern("alarms-failed-training")).to.deep.equal({
      source: ["aws.sagemaker"],
      "detail-type": ["SageMaker Model Building Pipeline Execution Status Change"],
      detail: { pipelineArn: [PIPELINE], currentPipelineExecutionStatus: ["Failed"] },
    });
    const targets = registered.filter(
      ({ type }) => type === "aws:cloudwatch/eventTarget:EventTarget",
    );
    expect(targets.map(({ inputs }) => inputs.arn as string)).to.deep.equal([TOPIC, TOPIC, TOPIC]);
  });

  it("lets an idle cluster without a job end unannounced", async () => {
    await observability({ enabled: false });
    expect(pattern("alarms-ended-cluster").detail.state).to.deep.equal(["TERMINATED_WITH_ERRORS"]);
  });

  const ACCOUNT_ONLY = { StringEquals: { "aws:SourceAccount": "123456789012" } };

  it("lets alarms of this account publish, and events without a condition, which EventBridge never meets", async () => {
    const { topicArn } = await observability();
    expect(await valueOf(topicArn)).to.equal(TOPIC);
    const policy = find(registered, "aws:sns/topicPolicy:TopicPolicy", "alarms-policy").inputs
      .policy;
    const publish = { Effect: "Allow", Action: "sns:Publish", Resource: TOPIC };
    expect(statements(policy)).to.deep.equal([
      {
        ...publish,
        Sid: "Alarms",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: ACCOUNT_ONLY,
      },
      { ...publish, Sid: "Events", Principal: { Service: "events.amazonaws.com" } },
    ]);
  });

  it("encrypts the topic with a key that its publishers may use, without a wildcard for its actions", async () => {
    await observability();
    const topic = find(registered, "aws:sns/topic:Topic", "alarms").inputs;
    expect(topic.kmsMasterKeyId).to.equal("arn:aws:kms:us-east-1:123456789012:key/alarms-key");
    const { inputs } = find(registered, "aws:kms/key:Key", "alarms-key");
    expect(inputs.enableKeyRotation).to.equal(true);
    const [administer, alarms, events] = statements(inputs.policy);
    expect(administer.Principal).to.deep.equal({ AWS: "arn:aws:iam::123456789012:root" });
    expect(administer.Action).to.include.members(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]);
    expect([administer.Action].flat().join(" ")).to.not.match(/\*|Decrypt|Encrypt/);
    const use = { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "*" };
    expect(alarms).to.deep.equal({
      ...use,
      Sid: "Alarms",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: ACCOUNT_ONLY,
    });
    expect(events).to.deep.equal({
      ...use,
      Sid: "Events",
      Principal: { Service: "events.amazonaws.com" },
    });
  });

  it("keeps what does not reach the topic or a recipient, from the stack's own rules and topic only", async () => {
    await observability({ recipients: ["https://pager.example.org/alarms"] });
    const queue = find(registered, "aws:sqs/queue:Queue", "alarms-undelivered").inputs;
    expect(queue).to.deep.include({ messageRetentionSeconds: 1209600, sqsManagedSseEnabled: true });
    const { inputs } = find(registered, "aws:sqs/queuePolicy:QueuePolicy", "alarms-undelivered");
    const rule = (role: string) =>
      `arn:aws:events:us-east-1:123456789012:rule/alarms-${role}-1a2b3c4`;
    const send = { Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE };
    expect(statements(inputs.policy)).to.deep.equal([
      {
        ...send,
        Sid: "Events",
        Principal: { Service: "events.amazonaws.com" },
        Condition: {
          ArnEquals: {
            "aws:SourceArn": ["failed-step", "ended-cluster", "failed-training"].map(rule),
          },
        },
      },
      {
        ...send,
        Sid: "Notifications",
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": [TOPIC] } },
      },
    ]);
    const targets = registered.filter(
      ({ type }) => type === "aws:cloudwatch/eventTarget:EventTarget",
    );
    for (const target of targets) {
      expect(target.inputs.deadLetterConfig, target.name).to.deep.equal({ arn: QUEUE });
    }
  });

  const subscriptions = () =>
    registered.filter(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription");

  it("notifies every recipient by its own protocol, and keeps what SNS itself could not deliver", async () => {
    const sqs = "arn:aws:sqs:us-east-1:123456789012:on-call";
    const lambda = "arn:aws:lambda:us-east-1:123456789012:function:page";
    const https = "https://pager.example.org/alarms?key=1";
    await observability({ recipients: ["a@example.org", https, sqs, lambda] });
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: QUEUE });
    expect(subscriptions().map(({ inputs }) => inputs)).to.deep.equal([
      { topic: TOPIC, protocol: "email", endpoint: "a@example.org" },
      { topic: TOPIC, protocol: "https", endpoint: https, redrivePolicy },
      { topic: TOPIC, protocol: "sqs", endpoint: sqs, redrivePolicy },
      { topic: TOPIC, protocol: "lambda", endpoint: lambda, redrivePolicy },
    ]);
  });

  it("makes no recipient confirm again when another one is added or removed", async () => {
    const names = async (recipients: string[]) => {
      await observability({ recipients });
      return subscriptions().map(({ name }) => name);
    };
    const [, second] = await names(["a@example.org", "b@example.org"]);
    expect(await names(["b@example.org"])).to.deep.equal([second]);
  });
});
