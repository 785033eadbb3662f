import type * as pulumi from "@pulumi/pulumi";

import type { AlarmSpec, Metric } from "./alarmSpec";
import type { AlarmsConfig } from "./config";

const HOUR_MS = 3_600_000;

export interface WatchedStream {
  readonly name: pulumi.Input<string>;
  /** Retention: hours after which an unread record is lost. */
  readonly retentionHours: number;
  /** Name of the job's consumer, if it uses enhanced fan-out. */
  readonly consumerName?: pulumi.Input<string>;
}

/** Alarms for records that are read too late, and for throttling. Metrics: Kinesis, "Monitoring with CloudWatch". */
export function streamAlarms(
  config: AlarmsConfig,
  stream: WatchedStream,
  job: { readonly enabled: boolean },
): AlarmSpec[] {
  const hours = stream.retentionHours * config.iteratorAgeShareOfRetention;
  const refused = {
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
    periodSeconds: 60,
    datapointsToAlarm: 3,
    evaluationPeriods: 5,
    treatMissingData: "notBreaching",
  } as const;
  return [
    {
      role: "iterator-age",
      description:
        `The oldest unread record is more than ${hours} hours old; after ${stream.retentionHours} hours it is lost. ` +
        "The streaming job is down, or slower than the producers.",
      watched: ageOfUnread(stream),
      threshold: hours * HOUR_MS,
      comparisonOperator: "GreaterThanThreshold",
      periodSeconds: 60,
      datapointsToAlarm: 5,
      evaluationPeriods: 5,
      // Without a reader there is no iterator age, which must raise the alarm while a job should run.
      treatMissingData: job.enabled ? "breaching" : "notBreaching",
    },
    {
      ...refused,
      role: "write-throttled",
      description:
        "Producers are refused for lack of shards, or because one partition key takes too much of a shard.",
      watched: streamMetric(stream, "WriteProvisionedThroughputExceeded", "Sum"),
    },
    {
      ...refused,
      role: "read-throttled",
      description:
        "Readers are refused: too many share the stream's 5 reads per second and shard, so the job falls behind.",
      watched: streamMetric(stream, "ReadProvisionedThroughputExceeded", "Sum"),
    },
  ];
}

/** With enhanced fan-out there is no iterator: Kinesis reports the lag of a consumer as another metric. */
function ageOfUnread(stream: WatchedStream): Metric {
  if (stream.consumerName === undefined) {
    return streamMetric(stream, "GetRecords.IteratorAgeMilliseconds", "Maximum");
  }
  const metric = streamMetric(stream, "SubscribeToShardEvent.MillisBehindLatest", "Maximum");
  return { ...metric, dimensions: { ...metric.dimensions, ConsumerName: stream.consumerName } };
}

function streamMetric(
  stream: WatchedStream,
  metricName: string,
  statistic: Metric["statistic"],
): Metric {
  return {
    namespace: "AWS/Kinesis",
    metricName,
    dimensions: { StreamName: stream.name },
    statistic,
  };
}
