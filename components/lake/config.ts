import { z } from "zod";

const days = (what: string) => z.int().min(1, `must be at least 1 day: ${what}`).max(36500);

/** Settings under `streaming-ml:lake`. */
export const lakeConfigSchema = z.strictObject({
  /** `awsManaged` encrypts with S3 managed keys, `customerManaged` with a key of this stack. */
  encryption: z.enum(["awsManaged", "customerManaged"]).default("awsManaged"),
  /** Refuse to delete the buckets, the catalogue and the secret keys until this is false. */
  protect: z.boolean().default(true),
  /** Delete the buckets' contents with them. Only for data that is not needed. */
  deleteContents: z.boolean().default(false),
  /** How long each kind of data is kept. */
  retention: z
    .strictObject({
      /** Valid events and their history, in days. Absent: they never expire. */
      validDays: days("events are partitioned by hour").optional(),
      /** Quarantined records, in days: encrypted, but they may hold personal data, so kept short. */
      quarantinedDays: days("somebody has to look at them").default(14),
      /** Training sets, in days. A model's manifest names the one it was trained on. */
      trainingSetDays: days("the pipeline reads it for hours").default(180),
      /** Captured requests and responses of the endpoint, in days. */
      dataCaptureDays: days("drift is looked for daily").default(30),
      /** Logs of the cluster, in days. */
      logDays: days("a failure is looked at the day after").default(30),
      /** Noncurrent versions of checkpoints, in days, so that a damaged one can be restored. */
      checkpointVersionDays: days("a damaged checkpoint is noticed the day after").default(7),
    })
    .prefault({}),
  /** Compaction: past hours are rewritten into a few large files. */
  compaction: z
    .strictObject({
      /** EventBridge Scheduler expression, in UTC. Nothing runs while job.enabled is false. */
      schedule: z
        .string()
        .regex(/^(cron|rate)\(.+\)$/, "must be cron(...) or rate(...)")
        .default("cron(20 * * * ? *)"),
      /** Days that the streaming job's own files are kept after their hour was compacted. */
      keepDays: days("a reader may still be at the files of an hour ago").default(3),
      /**
       * Maximum executors of a run, of the sizes under job.spark. Above 1 they must fit next to the streaming job on
       * cluster.scaling.minimumUnits nodes, or each run scales the cluster out.
       */
      maxExecutors: z.int().min(1).max(100).default(1),
    })
    .prefault({}),
  /** Queries through the stack's Athena workgroups, one for valid events, one for the quarantine. */
  queries: z
    .strictObject({
      /** Days that results are kept; those of the quarantine never longer than refused records. */
      resultDays: days("somebody has to fetch them").default(7),
      /** Gigabytes (10^9 bytes) scanned at which Athena cancels a query, 1 to 100,000: each is billed. */
      maxScannedGigabytes: z.int().min(1).max(100_000).default(100),
    })
    .prefault({}),
  /**
   * Version of the lake, 1 to 10. A higher one starts with new prefixes, tables and a new checkpoint, for an event
   * contract that is incompatible with the deployed one (docs/events.md). Data of earlier versions is kept.
   */
  version: z
    .int()
    .min(1)
    .max(
      10,
      "must be at most 10, because a role that reads every version has no more room in its policies. Lower it",
    )
    .default(1),
  /** First day of data: Athena's partition projection starts here. */
  firstDay: z.iso.date("must be a date such as 2026-01-01"),
  /** Version of the key that user ids are hashed with. A higher one creates a new key and new pseudonyms. */
  userKeyVersion: z.int().min(1).default(1),
  /** Version of the key of refused records. A higher one creates a new key; older records stay readable. */
  quarantineKeyVersion: z.int().min(1).default(1),
});

export type LakeConfig = z.infer<typeof lakeConfigSchema>;
/** The settings as the user writes them: defaults may be left out. */
export type LakeSettings = z.input<typeof lakeConfigSchema>;
