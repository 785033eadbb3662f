import type * as pulumi from "@pulumi/pulumi";

/** A CloudWatch metric: its namespace, name and dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: "Average" | "Maximum" | "Sum";
}

/** An alarm, in CloudWatch's terms. */
export interface AlarmSpec {
  /** Part of the logical name, and the name of the runbook. */
  readonly role: string;
  /** Tells several alarms of the same kind apart: they share a runbook. */
  readonly subject?: string;
  /** What it means when it fires. The runbook says what to do. */
  readonly description: string;
  /** One metric, or several by id with an expression over them, for example `a / b`. */
  readonly watched:
    Metric | { readonly expression: string; readonly metrics: Readonly<Record<string, Metric>> };
  readonly threshold: number;
  readonly comparisonOperator:
    "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  /** Period in seconds. Never less than the metric's own interval, or most data points are missing. */
  readonly periodSeconds: number;
  /** The alarm fires when this many of the last `evaluationPeriods` data points breach the threshold. */
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly treatMissingData: "breaching" | "notBreaching";
}
