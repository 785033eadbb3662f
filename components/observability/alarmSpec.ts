import type * as pulumi from "@pulumi/pulumi";

/** A CloudWatch metric: where it is published, and over which names. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: "Average" | "Maximum" | "Sum";
}

/** What an alarm watches and when it fires, in CloudWatch's words. */
export interface AlarmSpec {
  /** Part of the logical name, and the name of the runbook. */
  readonly role: string;
  /** Which of several things of the same kind it watches: they share a runbook. */
  readonly subject?: string;
  /** What it means when it fires. What to do about it is in the runbook. */
  readonly description: string;
  /** One metric, or several by id with an expression over them, for example `a / b`. */
  readonly watched:
    Metric | { readonly expression: string; readonly metrics: Readonly<Record<string, Metric>> };
  readonly threshold: number;
  readonly comparisonOperator:
    "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  /** Seconds of one data point. Never less than the metric's own interval, or most points are missing. */
  readonly periodSeconds: number;
  /** The alarm fires when this many of the last `evaluationPeriods` points are beyond the threshold. */
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly treatMissingData: "breaching" | "notBreaching";
}
