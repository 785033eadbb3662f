import type { AlarmsConfig } from "./config";

/** What an alarm watches, in CloudWatch's words; names are filled in by the component. */
export interface AlarmSpec {
  /** Last part of the logical name. */
  readonly role: string;
  /** What it means when it fires, and what to do. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: "Maximum" | "Sum";
  readonly threshold: number;
  readonly comparisonOperator: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold";
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly periodSeconds: number;
  readonly treatMissingData: "breaching" | "notBreaching";
}

const HOUR_MS = 3_600_000;

/** Namespaces and metrics: Kinesis "Monitoring with CloudWatch", SageMaker "Endpoint invocation metrics". */
export function streamAlarms(
  config: AlarmsConfig,
  stream: { readonly retentionHours: number },
  job: { readonly enabled: boolean },
): AlarmSpec[] {
  const hours = stream.retentionHours * config.iteratorAgeShareOfRetention;
  const kinesis = {
    namespace: "AWS/Kinesis",
    periodSeconds: 60,
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    treatMissingData: "notBreaching",
  } as const;
  return [
    {
      ...kinesis,
      role: "iterator-age",
      description:
        `The oldest unread record is more than ${hours} hours old; after ${stream.retentionHours} hours it is lost. ` +
        "Is the streaming job running (npm run ops -- status)? If so it needs more capacity; else raise the retention.",
      metricName: "GetRecords.IteratorAgeMilliseconds",
      statistic: "Maximum",
      threshold: hours * HOUR_MS,
      datapointsToAlarm: 5,
      // Nobody reads, so there is no iterator and no age: exactly what must not go unnoticed while a job should run.
      treatMissingData: job.enabled ? "breaching" : "notBreaching",
    },
    {
      ...kinesis,
      role: "write-throttled",
      description:
        "Producers are refused for lack of shards, or because one partition key takes too much. " +
        "Raise stream.shardCount or spread the keys.",
      metricName: "WriteProvisionedThroughputExceeded",
    },
    {
      ...kinesis,
      role: "read-throttled",
      description:
        "Readers are refused: too many share the stream's 5 reads per second and shard. Remove one or add shards.",
      metricName: "ReadProvisionedThroughputExceeded",
    },
  ];
}

/** What the endpoint's callers notice. The alarms that roll back an update belong to the endpoint itself. */
export function endpointAlarms(): AlarmSpec[] {
  return [
    {
      role: "endpoint-errors",
      description:
        "The model answers with server errors. Reject the package (npm run ops -- reject) and run pulumi up to go " +
        "back to the one before.",
      namespace: "AWS/SageMaker",
      metricName: "Invocation5XXErrors",
      statistic: "Sum",
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      periodSeconds: 60,
      // No requests, no errors.
      treatMissingData: "notBreaching",
    },
  ];
}

/** EventBridge pattern: a step of this cluster failed or was cancelled. Nothing else restarts it. */
export function failedStepPattern(clusterId: string): Record<string, unknown> {
  return {
    source: ["aws.emr"],
    "detail-type": ["EMR Step Status Change"],
    detail: { clusterId: [clusterId], state: ["FAILED", "CANCELLED"] },
  };
}

/** EventBridge pattern: this cluster ended with errors. */
export function failedClusterPattern(clusterId: string): Record<string, unknown> {
  return {
    source: ["aws.emr"],
    "detail-type": ["EMR Cluster State Change"],
    detail: { clusterId: [clusterId], state: ["TERMINATED_WITH_ERRORS"] },
  };
}
