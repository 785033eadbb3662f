import type metrics from "../../contracts/job-metrics.json";
import type { AlarmSpec, Metric } from "./alarmSpec";
import type { AlarmsConfig } from "./config";
import type { WatchedStream } from "./streamAlarms";

const HOUR_SECONDS = 3600;

export interface WatchedJob {
  /** Whether a job should be running. */
  readonly enabled: boolean;
  /** Spark format of its source. */
  readonly source: string;
  readonly freshnessSeconds: number;
  readonly metrics:
    { readonly kind: "cloudwatch"; readonly namespace: string } | { readonly kind: "file" };
}

/**
 * Alarms on the streaming job's own metrics of each micro-batch (`contracts/job-metrics.json`). A job that writes its
 * metrics to a file has no such alarms: they could never fire. Missing metrics are detected by streamAlarms instead.
 */
export function jobAlarms(
  config: AlarmsConfig,
  stream: Pick<WatchedStream, "name" | "retentionHours">,
  job: WatchedJob,
): AlarmSpec[] {
  if (job.metrics.kind !== "cloudwatch") {
    return [];
  }
  const { namespace } = job.metrics;
  const metric = (metricName: keyof typeof metrics, statistic: Metric["statistic"]): Metric => ({
    namespace,
    metricName,
    dimensions: { Stream: stream.name },
    statistic,
  });
  const limit = config.freshnessFactor * job.freshnessSeconds;
  const behindHours = stream.retentionHours * config.iteratorAgeShareOfRetention;
  const percent = config.quarantinedShare * 100;
  return [
    {
      role: "freshness",
      description: `Events become readable later than ${limit} seconds after they arrived (p95, half of ten minutes).`,
      watched: metric("FreshnessP95Seconds", "Average"),
      threshold: limit,
      comparisonOperator: "GreaterThanThreshold",
      periodSeconds: 60,
      // A few late minutes, for example while the query restarts, must not raise the alarm.
      datapointsToAlarm: 5,
      evaluationPeriods: 10,
      treatMissingData: "notBreaching",
    },
    // EMR's connector does not say how far it is behind.
    ...(job.source === "kinesis-ranges"
      ? [
          {
            role: "behind",
            description:
              `The job is more than ${behindHours} hours behind in one shard at the least; after ` +
              `${stream.retentionHours} hours records are lost. It is slower than the producers.`,
            watched: metric("BehindSeconds", "Maximum"),
            threshold: behindHours * HOUR_SECONDS,
            comparisonOperator: "GreaterThanThreshold",
            periodSeconds: 60,
            datapointsToAlarm: 5,
            evaluationPeriods: 5,
            // Without micro-batches there are no data points; iterator-age covers a job that reads nothing.
            treatMissingData: "notBreaching",
          } as const,
        ]
      : []),
    {
      role: "rows-dropped",
      description:
        "The job dropped rows as late. That cannot happen while its clock is what it should be: events are being lost.",
      watched: metric("RowsDroppedByWatermark", "Sum"),
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      periodSeconds: 60,
      datapointsToAlarm: 1,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    },
    {
      role: "quarantine",
      description: `More than ${percent} % of the records are refused: a producer breaks the event contract.`,
      watched: {
        // With only a few records a single one is a large share.
        expression: "IF(rows >= 100, 100 * refused / rows, 0)",
        metrics: {
          refused: metric("QuarantinedRows", "Sum"),
          rows: metric("RowsIn", "Sum"),
        },
      },
      threshold: percent,
      comparisonOperator: "GreaterThanThreshold",
      periodSeconds: 300,
      datapointsToAlarm: 2,
      evaluationPeriods: 3,
      treatMissingData: "notBreaching",
    },
  ];
}
