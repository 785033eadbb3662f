import type * as pulumi from "@pulumi/pulumi";

import type { AlarmSpec } from "./alarmSpec";

/** Resources that deliver events, alarms and schedules, as names by their purpose. */
export interface WatchedDeliveries {
  /** Name of the topic, not its ARN. */
  readonly topicName: pulumi.Input<string>;
  /** EventBridge rules on the default bus. */
  readonly rules: Readonly<Record<string, pulumi.Input<string>>>;
  /** Dead-letter queues of rules, schedules and subscriptions. */
  readonly deadLetterQueues: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A single lost message fires. The services report no data point while there is nothing to count. */
const NONE_LOST = {
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
  periodSeconds: 300,
  datapointsToAlarm: 1,
  evaluationPeriods: 1,
  treatMissingData: "notBreaching",
} as const;

/**
 * Alarms for failed deliveries. A schedule has no metric of its own (EventBridge Scheduler counts by group), so its
 * dead-letter queue shows the failure. A rule has a metric, which also counts events that could not be sent to the
 * queue. Metrics: EventBridge, "Monitoring"; SNS, "Monitoring topics"; SQS, "Available CloudWatch metrics".
 */
export function deliveryAlarms(deliveries: WatchedDeliveries): AlarmSpec[] {
  return [
    ...Object.entries(deliveries.deadLetterQueues).map(([subject, queueName]): AlarmSpec => ({
      ...NONE_LOST,
      role: "undelivered",
      subject,
      description: `Something of ${subject} could not be delivered and waits in its dead-letter queue for 14 days.`,
      watched: {
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
      },
    })),
    ...Object.entries(deliveries.rules).map(([subject, ruleName]): AlarmSpec => ({
      ...NONE_LOST,
      role: "failed-delivery",
      subject,
      description: `EventBridge gave up on an event of the rule ${subject}.`,
      watched: {
        namespace: "AWS/Events",
        metricName: "FailedInvocations",
        dimensions: { RuleName: ruleName },
        statistic: "Sum",
      },
    })),
    {
      ...NONE_LOST,
      role: "failed-notification",
      // Limitation: this alarm is published to the topic that it watches.
      description:
        "SNS could not reach a recipient of alarms. Only the others are told by this alarm; the dashboard shows it to everybody.",
      watched: {
        namespace: "AWS/SNS",
        metricName: "NumberOfNotificationsFailed",
        dimensions: { TopicName: deliveries.topicName },
        statistic: "Sum",
      },
    },
  ];
}
