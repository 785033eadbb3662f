import { z } from "zod";

const days = (what: string) => z.int().min(1, `must be at least 1 day: ${what}`).max(36500);

/** What a stack file may say under `streaming-ml:lake`. */
export const lakeConfigSchema = z.strictObject({
  /** `awsManaged` encrypts with S3's own keys, `customerManaged` with a key of this stack. */
  encryption: z.enum(["awsManaged", "customerManaged"]).default("awsManaged"),
  /** Refuse to delete the buckets, the catalogue and the secret keys until this is false. */
  protect: z.boolean().default(true),
  /** Delete the buckets' contents with them. Only for data nobody will miss. */
  deleteContents: z.boolean().default(false),
  /** How long each kind of data stays. */
  retention: z
    .strictObject({
      /** Valid events and their history, in days. Absent: for ever. */
      validDays: days("events are partitioned by hour").optional(),
      /** Quarantined records, in days: encrypted, but they may hold personal data, so kept short. */
      quarantinedDays: days("somebody has to look at them").default(14),
      /** Training sets, in days. A model's manifest names the one it was trained on. */
      trainingSetDays: days("the pipeline reads it for hours").default(180),
      /** Captured requests and answers of the endpoint, in days. */
      dataCaptureDays: days("drift is looked for daily").default(30),
      /** Logs of the cluster, in days. */
      logDays: days("a failure is looked at the day after").default(30),
      /** Old versions of checkpoints, in days, so that a damaged one can be put back. */
      checkpointVersionDays: days("a damaged checkpoint is noticed the day after").default(7),
    })
    .prefault({}),
  /** Closed hours are rewritten into few large files. */
  compaction: z
    .strictObject({
      /** When, as EventBridge Scheduler writes it, in UTC. Nothing runs while job.enabled is false. */
      schedule: z
        .string()
        .regex(/^(cron|rate)\(.+\)$/, "must be cron(...) or rate(...)")
        .default("cron(20 * * * ? *)"),
      /** Days that the streaming job's own files stay after their hour was compacted. */
      keepDays: days("a reader may still be at the files of an hour ago").default(3),
      /**
       * Executors that a run may ask for, of the sizes under job.spark. Above 1 they must fit beside the streaming job
       * on cluster.scaling.minimumUnits nodes, or each run makes the cluster grow.
       */
      maxExecutors: z.int().min(1).max(100).default(1),
    })
    .prefault({}),
  /** Queries through the stack's Athena workgroups, one for valid events, one for the quarantine. */
  queries: z
    .strictObject({
      /** Days that results stay; those of the quarantine never longer than refused records do. */
      resultDays: days("somebody has to fetch them").default(7),
      /** Gigabytes (10^9 bytes) of data at which Athena ends a query, 1 to 100,000: each is billed. */
      maxScannedGigabytes: z.int().min(1).max(100_000).default(100),
    })
    .prefault({}),
  /**
   * Version of the lake, 1 to 10. A higher one begins with prefixes, tables and a checkpoint of its own, for a contract
   * of the events that the deployed one cannot become (docs/events.md). What earlier versions hold stays.
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
  /** Version of the key the user ids are hashed with. A higher one makes a new key and new pseudonyms. */
  userKeyVersion: z.int().min(1).default(1),
  /** Version of the key of refused records. A higher one makes a new key; what older ones encrypted stays readable. */
  quarantineKeyVersion: z.int().min(1).default(1),
});

export type LakeConfig = z.infer<typeof lakeConfigSchema>;
/** The same as it is given, with defaults left out. */
export type LakeSettings = z.input<typeof lakeConfigSchema>;
