import { z } from "zod";

import { hasFields } from "../shared/schema";

/** Most records a shard takes per second (Kinesis, service quotas). */
const RECORDS_PER_SECOND_PER_SHARD = 1000;

const metricsSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    /** One set of CloudWatch metrics per micro-batch. */
    kind: z.literal("cloudwatch"),
    /** Namespace of these metrics. */
    namespace: z
      .string()
      .regex(/^[A-Za-z0-9_./#-]{1,200}$/, "must be a CloudWatch namespace")
      .default("StreamingMl"),
  }),
  z.strictObject({
    /** One JSON line per micro-batch, in the step's own folder. */
    kind: z.literal("file"),
    /** The file, relative to that folder. */
    path: z
      .string()
      .regex(/^[^/].*$/, "must be a relative path")
      .default("metrics.jsonl"),
  }),
]);

const sparkSchema = z.strictObject({
  /** `yarn` on EMR; `local[N]` where the whole cluster is one process. */
  master: z
    .string()
    .regex(/^(yarn|local\[\d+\])$/, 'must be "yarn" or "local[N]"')
    .default("yarn"),
  /** Where the driver runs: `cluster` on a node YARN chooses, `client` in the step's own process. */
  deployMode: z.enum(["cluster", "client"]).default("cluster"),
  /** Cores of the driver. */
  driverCores: z.int().min(1).max(64).default(1),
  /** Memory of the driver, in MB; YARN adds its overhead. */
  driverMemoryMb: z.int().min(512).max(262144).default(2048),
  /** Cores of an executor: it reads this many shards at the same time. */
  executorCores: z.int().min(1).max(64).default(2),
  /** Memory of an executor, in MB; YARN adds its overhead. */
  executorMemoryMb: z.int().min(512).max(262144).default(4096),
  /** Spark settings beside those the program sets itself; a name it sets is a config error. */
  settings: z
    .record(z.string().regex(/^spark\./, 'must begin with "spark."'), z.string())
    .default({}),
});

/** Seconds within which EMR's connector can make an event readable, at the least. */
const CONNECTOR_FRESHNESS = 12;

/** The same of the source of our own on a cluster. */
const CLUSTER_FRESHNESS = 3;

/** Whether a freshness that is one at all is less than a source can keep. */
function tooFresh(config: { readonly freshnessSeconds: number }, least: number): boolean {
  return config.freshnessSeconds >= 1 && config.freshnessSeconds < least;
}

/** What a stack file may say under `streaming-ml:job`. */
export const jobConfigSchema = z
  .strictObject({
    /** false stops the job at a micro-batch boundary; its place in the stream is kept. */
    enabled: z.boolean().default(true),
    /**
     * `kinesis-ranges` is this project's own; `aws-kinesis` is EMR's connector, for enhanced fan-out. Its versions from
     * 1.4.3 on lose records when shards split or merge, no release says which one it holds, and the job refuses to
     * start on them (docs/kinesis-source.md).
     */
    source: z.enum(["kinesis-ranges", "aws-kinesis"]).default("kinesis-ranges"),
    /**
     * How old an event may be when it becomes readable in the lake (p95), in seconds, up to 600: at least 3 on a
     * cluster, 1 in one process, 12 with `aws-kinesis`.
     */
    freshnessSeconds: z.int().min(1).max(600),
    /** Events per second that a shard carries on a busy day; above it the job works through a backlog. */
    expectedRecordsPerSecondPerShard: z
      .int()
      .min(1)
      .max(
        RECORDS_PER_SECOND_PER_SHARD,
        `must be at most ${RECORDS_PER_SECOND_PER_SHARD}, which is all a shard takes: use more shards`,
      ),
    /** Seconds from one micro-batch's start to the next one's, 1 to 600. @default freshnessSeconds / 2, at least 1 */
    triggerSeconds: z.int().min(1).max(600).optional(),
    /**
     * A second event with the same id is dropped if it comes within this many minutes. 0 drops none. Each event takes
     * up to 43 bytes of an executor's memory for up to twice as long.
     */
    deduplicationMinutes: z.int().min(0).max(1440).default(60),
    /** Name of the checkpoint. A new one starts a new life at the oldest record of the stream. */
    generation: z
      .string()
      .regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 lower-case letters, digits and hyphens")
      .default("1"),
    /** Where the job says how it is doing, once per micro-batch. */
    metrics: metricsSchema.prefault({ kind: "cloudwatch" }),
    /** Query restarts inside one driver before it gives up. */
    restarts: z.int().min(0).max(100).default(5),
    /** Longest `pulumi up` waits for the job's first micro-batch, in seconds. */
    readinessTimeoutSeconds: z.int().min(30).max(3600).default(900),
    /** Longest it waits for the old job to end at a micro-batch boundary before it is killed, in seconds. */
    stopTimeoutSeconds: z.int().min(10).max(3600).default(300),
    /** Sizes of driver and executors, and settings of Spark. */
    spark: sparkSchema.prefault({}),
  })
  .refine((config) => !(config.source === "aws-kinesis" && tooFresh(config, CONNECTOR_FRESHNESS)), {
    when: hasFields,
    path: ["freshnessSeconds"],
    error:
      `must be at least ${CONNECTOR_FRESHNESS} with source "aws-kinesis": its micro-batch ends after 10 seconds ` +
      "however little there is, and then it is written",
  })
  .refine((config) => !(config.spark?.master === "yarn" && tooFresh(config, CLUSTER_FRESHNESS)), {
    when: hasFields,
    path: ["freshnessSeconds"],
    error:
      `must be at least ${CLUSTER_FRESHNESS} on a cluster: a micro-batch starts once a second at the most, and then ` +
      "it is planned, read and written",
  })
  .refine((config) => !((config.triggerSeconds ?? 0) > config.freshnessSeconds), {
    when: hasFields,
    path: ["triggerSeconds"],
    error:
      "must be at most freshnessSeconds, or no event can be that fresh: lower it, or raise freshnessSeconds",
  })
  .refine(
    (config) =>
      !(config.spark?.master?.startsWith("local") && config.spark.deployMode !== "client"),
    {
      when: hasFields,
      path: ["spark", "deployMode"],
      error: 'must be "client" with a local master: there is no cluster to put the driver on',
    },
  );

export type JobConfig = z.infer<typeof jobConfigSchema>;
/** The same as it is given, with defaults left out. */
export type JobSettings = z.input<typeof jobConfigSchema>;
export type JobSource = JobConfig["source"];
export type JobMetrics = z.infer<typeof metricsSchema>;
export type SparkConfig = z.infer<typeof sparkSchema>;
