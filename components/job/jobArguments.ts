import type { JobMetrics, JobSource } from "./config";

/** What the streaming job is told on its command line (`spark/streaming_job.py --help`). */
export interface StreamingJobArguments {
  readonly stream: string;
  readonly region: string;
  readonly source: JobSource;
  /** `s3a://` address of the compiled event contract. */
  readonly contractUri: string;
  /** `s3a://` address the events are written below. */
  readonly eventsUri: string;
  /** `s3a://` addresses of the checkpoint, of its lock, and of the marker that asks the job to stop. */
  readonly checkpointUri: string;
  readonly lockUri: string;
  readonly stopUri: string;
  readonly generation: string;
  readonly triggerSeconds: number;
  /** How old an event may be when it becomes readable, in seconds. */
  readonly freshnessSeconds: number;
  /** Most records of a micro-batch from one shard; absent where the source plans its micro-batches by time. */
  readonly maxRecordsPerShard?: number;
  readonly deduplicationMinutes: number;
  /** ARN of the secret; the key itself is never an argument. */
  readonly hashKeySecret: string;
  readonly keyVersion: number;
  /** ARN of the secret with the key of what quarantine keeps, and the id of the version to take. */
  readonly quarantineKeySecret: string;
  readonly quarantineKeyVersion: string;
  readonly metrics: JobMetrics;
  readonly restarts: number;
  /** Name of the job's own consumer; absent: it polls. */
  readonly consumerName?: string;
}

/** Application arguments of the streaming job, in the order of `contracts/streaming-job-arguments.json`. */
export function streamingJobArguments(args: StreamingJobArguments, specHash: string): string[] {
  const values: [string, string | number][] = [
    ["--stream", args.stream],
    ["--region", args.region],
    ["--source", args.source],
    ["--contract", args.contractUri],
    ["--events-uri", args.eventsUri],
    ["--checkpoint-uri", args.checkpointUri],
    ["--lock-uri", args.lockUri],
    ["--stop-uri", args.stopUri],
    ["--generation", args.generation],
    ["--spec-hash", specHash],
    ["--trigger-seconds", args.triggerSeconds],
    ["--freshness-seconds", args.freshnessSeconds],
    ...present("--max-records-per-shard", args.maxRecordsPerShard),
    ["--deduplication-minutes", args.deduplicationMinutes],
    ["--hash-key-secret", args.hashKeySecret],
    ["--key-version", args.keyVersion],
    ["--quarantine-key-secret", args.quarantineKeySecret],
    ["--quarantine-key-version", args.quarantineKeyVersion],
    ["--metrics", metricsArgument(args.metrics)],
    ["--restarts", args.restarts],
    ...present("--consumer", args.consumerName),
  ];
  return values.flatMap(([name, value]) => [name, String(value)]);
}

function present(name: string, value: string | number | undefined): [string, string | number][] {
  return value === undefined ? [] : [[name, value]];
}

function metricsArgument(metrics: JobMetrics): string {
  return metrics.kind === "cloudwatch" ? `cloudwatch:${metrics.namespace}` : `file:${metrics.path}`;
}
