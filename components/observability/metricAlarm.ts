import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { describeWithRunbook } from "../shared/runbook";
import type { AlarmSpec, Metric } from "./alarmSpec";

/** Creates an alarm that notifies a topic of ALARM and OK. */
export function createAlarm(
  name: string,
  alarm: AlarmSpec,
  topicArn: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
  const subject = alarm.subject === undefined ? "" : `-${alarm.subject}`;
  return new aws.cloudwatch.MetricAlarm(
    `${name}-${alarm.role}${subject}`,
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

/** The metric, or the metrics of an expression and the expression whose result is compared. */
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
