import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument } from "../shared/iam";
import type { DeploymentTarget } from "../shared/target";
import {
  endpointAlarms,
  failedClusterPattern,
  failedStepPattern,
  streamAlarms,
  type AlarmSpec,
} from "./alarms";
import type { AlarmsConfig } from "./config";
import { dashboardBody } from "./dashboard";

export interface ObservabilityArgs extends AlarmsConfig {
  readonly target: DeploymentTarget;
  readonly stream: {
    readonly name: pulumi.Input<string>;
    /** Hours after which an unread record is lost. */
    readonly retentionHours: number;
  };
  readonly job: {
    /** Whether a job should be running. */
    readonly enabled: boolean;
  };
  readonly clusterId: pulumi.Input<string>;
  /** Absent until a model is approved. */
  readonly endpoint?: {
    readonly endpointName: pulumi.Input<string>;
    readonly variantName: pulumi.Input<string>;
  };
}

/** Alarms, failure events and a dashboard over the whole chain; everything that fires goes to one topic. */
export class Observability extends pulumi.ComponentResource {
  /** Where alarms and failures are announced. */
  public readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:observability:Observability", name, {}, opts);
    const topic = new aws.sns.Topic(name, { displayName: "streaming-ml alarms" }, { parent: this });
    this.topicArn = topic.arn;
    const policy = allowAnnouncements(name, args.target, topic, this);
    args.emails.forEach((endpoint, index) => {
      new aws.sns.TopicSubscription(
        `${name}-mail-${index}`,
        { topic: topic.arn, protocol: "email", endpoint },
        { parent: this },
      );
    });
    const announce = { topicArn: topic.arn, opts: { parent: this, dependsOn: [policy] } };
    for (const alarm of streamAlarms(args, args.stream, args.job)) {
      createAlarm(name, alarm, { StreamName: args.stream.name }, announce);
    }
    if (args.endpoint !== undefined) {
      const { endpointName, variantName } = args.endpoint;
      for (const alarm of endpointAlarms()) {
        createAlarm(
          name,
          alarm,
          { EndpointName: endpointName, VariantName: variantName },
          announce,
        );
      }
    }
    announceEvents(
      `${name}-failed-step`,
      "A step of the cluster failed",
      announce,
      args.clusterId,
      failedStepPattern,
    );
    announceEvents(
      `${name}-failed-cluster`,
      "The cluster ended with errors",
      announce,
      args.clusterId,
      failedClusterPattern,
    );
    new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: `${pulumi.getProject()}-${pulumi.getStack()}`,
        dashboardBody: pulumi
          .output({
            streamName: args.stream.name,
            clusterId: args.clusterId,
            endpoint: args.endpoint,
          })
          .apply((known) =>
            JSON.stringify(dashboardBody({ region: args.target.region, ...known })),
          ),
      },
      { parent: this },
    );
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

interface Announcement {
  readonly topicArn: pulumi.Output<string>;
  readonly opts: pulumi.CustomResourceOptions;
}

function allowAnnouncements(
  name: string,
  target: DeploymentTarget,
  topic: aws.sns.Topic,
  parent: pulumi.Resource,
): aws.sns.TopicPolicy {
  const publish = (sid: string, service: string) => ({
    Sid: sid,
    Principal: { Service: service },
    Action: "sns:Publish",
    Resource: topic.arn,
    Condition: { StringEquals: { "aws:SourceAccount": target.accountId } },
  });
  return new aws.sns.TopicPolicy(
    `${name}-policy`,
    {
      arn: topic.arn,
      policy: policyDocument([
        publish("Alarms", "cloudwatch.amazonaws.com"),
        publish("Events", "events.amazonaws.com"),
      ]),
    },
    { parent },
  );
}

function createAlarm(
  name: string,
  alarm: AlarmSpec,
  dimensions: Record<string, pulumi.Input<string>>,
  { topicArn, opts }: Announcement,
): void {
  new aws.cloudwatch.MetricAlarm(
    `${name}-${alarm.role}`,
    {
      alarmDescription: alarm.description,
      namespace: alarm.namespace,
      metricName: alarm.metricName,
      dimensions,
      statistic: alarm.statistic,
      period: alarm.periodSeconds,
      threshold: alarm.threshold,
      comparisonOperator: alarm.comparisonOperator,
      evaluationPeriods: alarm.evaluationPeriods,
      datapointsToAlarm: alarm.datapointsToAlarm,
      treatMissingData: alarm.treatMissingData,
      alarmActions: [topicArn],
      okActions: [topicArn],
    },
    opts,
  );
}

function announceEvents(
  name: string,
  description: string,
  { topicArn, opts }: Announcement,
  clusterId: pulumi.Input<string>,
  pattern: (clusterId: string) => Record<string, unknown>,
): void {
  const rule = new aws.cloudwatch.EventRule(
    name,
    {
      description,
      eventPattern: pulumi.output(clusterId).apply((id) => JSON.stringify(pattern(id))),
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(`${name}-topic`, { rule: rule.name, arn: topicArn }, opts);
}
