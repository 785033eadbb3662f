import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { DeploymentTarget } from "../shared/target";
import { describeWithRunbook, type AlarmSpec, type Metric } from "./alarmSpec";
import { clusterAlarms } from "./clusterAlarms";
import type { AlarmsConfig } from "./config";
import { dashboardBody } from "./dashboard";
import { endedCluster, failedStep, failedTraining, type AnnouncedEvent } from "./events";
import { jobAlarms, type WatchedJob } from "./jobAlarms";
import { apiAlarms, endpointAlarms } from "./servingAlarms";
import { streamAlarms, type WatchedStream } from "./streamAlarms";
import { createTopic } from "./topic";
import { stackName } from "../shared/stackName";

export interface ObservabilityArgs extends AlarmsConfig {
  readonly target: DeploymentTarget;
  readonly stream: WatchedStream;
  readonly job: WatchedJob;
  readonly clusterId: pulumi.Input<string>;
  readonly pipelineArn: pulumi.Input<string>;
  /** Absent until a model is approved. */
  readonly endpoint?: {
    readonly endpointName: pulumi.Input<string>;
    readonly variantName: pulumi.Input<string>;
  };
  /** Names of the REST API and of its stage. */
  readonly api: { readonly name: pulumi.Input<string>; readonly stage: pulumi.Input<string> };
}

/** Alarms, failure events and a dashboard over the whole chain; everything that fires goes to one topic. */
export class Observability extends pulumi.ComponentResource {
  /** Where alarms and failures are announced. */
  public readonly topicArn: pulumi.Output<string>;
  /** ARNs of the alarms. */
  public readonly alarmArns: pulumi.Output<string>[];
  public readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:observability:Observability", name, {}, opts);
    const { topic, policy } = createTopic(name, args.target, this);
    this.topicArn = topic.arn;
    args.emails.forEach((endpoint, index) => {
      new aws.sns.TopicSubscription(
        `${name}-mail-${index}`,
        { topic: topic.arn, protocol: "email", endpoint },
        { parent: this },
      );
    });
    const announce = { topicArn: topic.arn, opts: { parent: this, dependsOn: [policy] } };
    const alarms = [
      ...streamAlarms(args, args.stream, args.job),
      ...jobAlarms(args, args.stream, args.job),
      ...clusterAlarms(args.clusterId, args.job),
      ...(args.endpoint === undefined
        ? []
        : [...endpointAlarms(args.endpoint), ...apiAlarms(args.api)]),
    ];
    this.alarmArns = alarms.map((alarm) => createAlarm(name, alarm, announce).arn);
    const { clusterId, pipelineArn, job } = args;
    announceEvent(name, clusterId, failedStep, announce);
    announceEvent(name, clusterId, (id) => endedCluster(id, job), announce);
    announceEvent(name, pipelineArn, failedTraining, announce);
    const dashboard = new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: stackName(pulumi.getProject(), pulumi.getStack()),
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
    this.dashboardName = dashboard.dashboardName;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

interface Announcement {
  readonly topicArn: pulumi.Output<string>;
  readonly opts: pulumi.CustomResourceOptions;
}

function createAlarm(
  name: string,
  alarm: AlarmSpec,
  { topicArn, opts }: Announcement,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    `${name}-${alarm.role}`,
    {
      alarmDescription: describeWithRunbook(alarm.description, alarm.role),
      ...watched(alarm),
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

/** The metric itself, or the metrics behind an expression whose result is what counts. */
function watched({ watched: metric, role, periodSeconds }: AlarmSpec): {
  [
    K in "namespace" | "metricName" | "statistic" | "period" | "dimensions" | "metricQueries"
  ]?: aws.cloudwatch.MetricAlarmArgs[K];
} {
  if (!("expression" in metric)) {
    return { ...plainMetric(metric), period: periodSeconds };
  }
  return {
    metricQueries: [
      { id: "watched", label: role, expression: metric.expression, returnData: true },
      ...Object.entries(metric.metrics).map(([id, { statistic, ...one }]) => ({
        id,
        returnData: false,
        metric: { ...one, stat: statistic, period: periodSeconds },
      })),
    ],
  };
}

function plainMetric({ namespace, metricName, dimensions, statistic }: Metric) {
  return { namespace, metricName, dimensions, statistic };
}

/** @param subject what the event is about; it is known only while deploying */
function announceEvent(
  name: string,
  subject: pulumi.Input<string>,
  event: (subject: string) => AnnouncedEvent,
  { topicArn, opts }: Announcement,
): void {
  const { role, description } = event("");
  const rule = new aws.cloudwatch.EventRule(
    `${name}-${role}`,
    {
      description: describeWithRunbook(description, role),
      eventPattern: pulumi.output(subject).apply((known) => JSON.stringify(event(known).pattern)),
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(`${name}-${role}-topic`, { rule: rule.name, arn: topicArn }, opts);
}
