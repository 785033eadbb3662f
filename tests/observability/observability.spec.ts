import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { alarmsConfigSchema } from "../../components/observability/config";
import { dashboardBody } from "../../components/observability/dashboard";
import { Observability } from "../../components/observability/observability";
import {
  find,
  mockStack,
  namesOf,
  settled,
  statements,
  valueOf,
  type Registered,
} from "../shared/pulumiMocks";

// These tests prove the inputs we send; not that AWS accepts them.

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

describe("Observability", () => {
  let registered: Registered[];

  async function observability(
    change: { emails?: string[]; enabled?: boolean; endpoint?: boolean } = {},
  ): Promise<Observability> {
    registered = await mockStack("test");
    const made = new Observability("alarms", {
      ...alarmsConfigSchema.parse({
        emails: change.emails ?? [],
        iteratorAgeShareOfRetention: 0.25,
      }),
      target: {
        region: "us-east-1",
        accountId: pulumi.output("123456789012"),
        partition: pulumi.output("aws"),
      },
      stream: { name: "events-1", retentionHours: 48 },
      job: { enabled: change.enabled ?? true },
      clusterId: "j-1",
      endpoint: change.endpoint ? { endpointName: "sentiment", variantName: "live" } : undefined,
    });
    await settled();
    return made;
  }

  it("alarms when unread records reach the share of the retention the stack gives", async () => {
    await observability();
    const { inputs } = find(registered, ALARM, "alarms-iterator-age");
    expect(inputs).to.deep.include({
      namespace: "AWS/Kinesis",
      metricName: "GetRecords.IteratorAgeMilliseconds",
      dimensions: { StreamName: "events-1" },
      statistic: "Maximum",
      threshold: 12 * 3600 * 1000,
      comparisonOperator: "GreaterThanThreshold",
      alarmActions: [TOPIC],
      okActions: [TOPIC],
    });
    expect(inputs.alarmDescription).to.contain("more than 12 hours old; after 48 hours it is lost");
  });

  it("takes silence of the reader for a failure while a job should run, and for peace otherwise", async () => {
    const missing = () =>
      find(registered, ALARM, "alarms-iterator-age").inputs.treatMissingData as string;
    await observability({ enabled: true });
    expect(missing()).to.equal("breaching");
    await observability({ enabled: false });
    expect(missing()).to.equal("notBreaching");
  });

  it("watches the endpoint only where there is one", async () => {
    await observability();
    expect(namesOf(registered, ALARM)).to.deep.equal([
      "alarms-iterator-age",
      "alarms-read-throttled",
      "alarms-write-throttled",
    ]);
    await observability({ endpoint: true });
    expect(find(registered, ALARM, "alarms-endpoint-errors").inputs.dimensions).to.deep.equal({
      EndpointName: "sentiment",
      VariantName: "live",
    });
  });

  it("announces failed and cancelled steps of this cluster, and its end with errors", async () => {
    await observability();
    const pattern = (name: string) =>
      JSON.parse(
        find(registered, "aws:cloudwatch/eventRule:EventRule", name).inputs.eventPattern as string,
      ) as unknown;
    expect(pattern("alarms-failed-step")).to.deep.equal({
      source: ["aws.emr"],
      "detail-type": ["EMR Step Status Change"],
      detail: { clusterId: ["j-1"], state: ["FAILED", "CANCELLED"] },
    });
    expect(pattern("alarms-failed-cluster")).to.deep.equal({
      source: ["aws.emr"],
      "detail-type": ["EMR Cluster State Change"],
      detail: { clusterId: ["j-1"], state: ["TERMINATED_WITH_ERRORS"] },
    });
    const targets = registered.filter(
      ({ type }) => type === "aws:cloudwatch/eventTarget:EventTarget",
    );
    expect(targets.map(({ inputs }) => inputs.arn as string)).to.deep.equal([TOPIC, TOPIC]);
  });

  it("lets alarms and events of this account publish, and nobody else", async () => {
    const { topicArn } = await observability();
    expect(await valueOf(topicArn)).to.equal(TOPIC);
    const policy = find(registered, "aws:sns/topicPolicy:TopicPolicy", "alarms-policy").inputs
      .policy;
    const services = statements(policy).map(({ Principal }) => Principal.Service);
    expect(services).to.deep.equal(["cloudwatch.amazonaws.com", "events.amazonaws.com"]);
    for (const { Resource, Condition } of statements(policy)) {
      expect(Resource).to.equal(TOPIC);
      expect(Condition).to.deep.equal({ StringEquals: { "aws:SourceAccount": "123456789012" } });
    }
  });

  it("mails to every address", async () => {
    await observability({ emails: ["a@example.org", "b@example.org"] });
    const mails = registered.filter(
      ({ type }) => type === "aws:sns/topicSubscription:TopicSubscription",
    );
    expect(mails.map(({ inputs }) => inputs.endpoint as string)).to.deep.equal([
      "a@example.org",
      "b@example.org",
    ]);
  });
});

describe("dashboard", () => {
  it("shows the chain from left to right, and the endpoint where there is one", () => {
    const input = { region: "us-east-1", streamName: "events-1", clusterId: "j-1" };
    const titles = (body: ReturnType<typeof dashboardBody>) =>
      body.widgets.map((widget) => (widget as { properties: { title: string } }).properties.title);
    expect(titles(dashboardBody(input))).to.deep.equal([
      "Stream: records in and out",
      "Stream: age of the oldest unread record",
      "Cluster: memory and containers waiting for it",
      "Cluster: running jobs",
    ]);
    const endpoint = { endpointName: "sentiment", variantName: "live" };
    expect(titles(dashboardBody({ ...input, endpoint }))).to.have.length(6);
    expect(dashboardBody(input).widgets[3]).to.include({ x: 12, y: 6 });
  });
});
