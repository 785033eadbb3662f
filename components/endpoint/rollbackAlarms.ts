import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { describeWithRunbook } from "../shared/runbook";

export interface RollbackAlarmsArgs {
  readonly endpointName: string;
  readonly variantName: string;
  /** Server errors per minute at which an update rolls back. */
  readonly maxServerErrorsPerMinute: number;
  /** Model latency (p95, milliseconds) above which an update rolls back. */
  readonly maxModelLatencyMs: number;
}

const RUNBOOK = "endpoint-rollback";

/** CloudWatch reports model latency in microseconds (SageMaker metrics, endpoint invocation). */
const MICROSECONDS = 1000;

/**
 * Alarms that make SageMaker undo an update while it runs. No data means no traffic, which must not
 * undo anything: an idle endpoint could never be updated.
 */
export function createRollbackAlarms(
  name: string,
  args: RollbackAlarmsArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm[] {
  const common = {
    namespace: "AWS/SageMaker",
    dimensions: { EndpointName: args.endpointName, VariantName: args.variantName },
    period: 60,
    treatMissingData: "notBreaching",
  };
  return [
    new aws.cloudwatch.MetricAlarm(
      `${name}-rollback-errors`,
      {
        ...common,
        alarmDescription: describeWithRunbook(
          "The model answers with server errors: an update in progress rolls back.",
          RUNBOOK,
        ),
        metricName: "Invocation5XXErrors",
        statistic: "Sum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: args.maxServerErrorsPerMinute,
        evaluationPeriods: 1,
      },
      { parent },
    ),
    new aws.cloudwatch.MetricAlarm(
      `${name}-rollback-latency`,
      {
        ...common,
        alarmDescription: describeWithRunbook(
          "The model has become slow: an update in progress rolls back.",
          RUNBOOK,
        ),
        metricName: "ModelLatency",
        extendedStatistic: "p95",
        comparisonOperator: "GreaterThanThreshold",
        threshold: args.maxModelLatencyMs * MICROSECONDS,
        // One slow minute is a cold cache; two are the model.
        evaluationPeriods: 2,
      },
      { parent },
    ),
  ];
}
