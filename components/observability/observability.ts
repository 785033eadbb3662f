import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { completeArgs } from "../shared/settings";
import { stackName } from "../shared/stackName";
import type { DeploymentTarget } from "../shared/target";
import { createAnnouncements } from "./announcements";
import { clusterAlarms } from "./clusterAlarms";
import { alarmsConfigSchema, type AlarmsSettings } from "./config";
import { dashboardBody } from "./dashboard";
import { deliveryAlarms, type WatchedDeliveries } from "./deliveryAlarms";
import { endedCluster, failedStep, failedTraining } from "./events";
import { jobAlarms, type WatchedJob } from "./jobAlarms";
import { createAlarm } from "./metricAlarm";
import { apiAlarms, endpointAlarms } from "./servingAlarms";
import { streamAlarms, type WatchedStream } from "./streamAlarms";

export interface ObservabilityArgs extends AlarmsSettings {
  readonly target: DeploymentTarget;
  readonly stream: WatchedStream;
  readonly job: WatchedJob;
  readonly clusterId: pulumi.Input<string>;
  readonly pipelineArn: pulumi.Input<string>;
  /** Rules and dead-letter queues of the other components; undefined if the stack does not have them. */
  readonly deliveries: {
    readonly rules: Readonly<Record<string, pulumi.Input<string> | undefined>>;
    readonly deadLetterQueues: Readonly<Record<string, pulumi.Input<string> | undefined>>;
  };
  /** Absent until a model is approved. */
  readonly endpoint?: {
    readonly endpointName: pulumi.Input<string>;
    readonly variantName: pulumi.Input<string>;
  };
  /** Names of the REST API and of its stage. */
  readonly api: { readonly name: pulumi.Input<string>; readonly stage: pulumi.Input<string> };
}

/** Alarms, failure events and a dashboard for the whole pipeline; all notifications go to one topic. */
export class Observability extends pulumi.ComponentResource {
  /** Topic that alarms and failures are published to. */
  public readonly topicArn: pulumi.Output<string>;
  /** ARNs of the alarms. */
  public readonly alarmArns: pulumi.Output<string>[];
  /** Names of all dead-letter queues. */
  public readonly deadLetterQueueNames: pulumi.Input<string>[];
  public readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, given: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "Observability",
      name,
      alarmsConfigSchema,
      given,
      "target",
      "stream",
      "job",
      "clusterId",
      "pipelineArn",
      "deliveries",
      "endpoint",
      "api",
    );
    super("streaming-ml:observability:Observability", name, {}, opts);
    const { clusterId, pipelineArn, job } = args;
    const announcements = createAnnouncements(
      name,
      {
        target: args.target,
        recipients: args.recipients === "none" ? [] : args.recipients,
        events: [
          { subject: clusterId, event: failedStep },
          { subject: clusterId, event: (id) => endedCluster(id, job) },
          { subject: pipelineArn, event: failedTraining },
        ],
      },
      this,
    );
    const { topic, topicPolicy, ruleNames, deadLetterQueueName } = announcements;
    this.topicArn = topic.arn;
    const deliveries: WatchedDeliveries = {
      topicName: topic.name,
      rules: { ...ruleNames, ...present(args.deliveries.rules) },
      deadLetterQueues: {
        announcements: deadLetterQueueName,
        ...present(args.deliveries.deadLetterQueues),
      },
    };
    this.deadLetterQueueNames = Object.values(deliveries.deadLetterQueues);
    const alarms = [
      ...streamAlarms(args, args.stream, job),
      ...jobAlarms(args, args.stream, job),
      ...clusterAlarms(clusterId, job),
      ...(args.endpoint === undefined
        ? []
        : [...endpointAlarms(args.endpoint), ...apiAlarms(args.api)]),
      ...deliveryAlarms(deliveries),
    ];
    const announced = { parent: this, dependsOn: [topicPolicy] };
    this.alarmArns = alarms.map((alarm) => createAlarm(name, alarm, topic.arn, announced).arn);
    const dashboard = new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: stackName(pulumi.getProject(), pulumi.getStack()),
        dashboardBody: pulumi
          .output({
            streamName: args.stream.name,
            clusterId,
            jobNamespace: job.metrics.kind === "cloudwatch" ? job.metrics.namespace : undefined,
            endpoint: args.endpoint,
            deliveries,
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

function present<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}
