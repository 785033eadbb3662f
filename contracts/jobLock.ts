import { z } from "zod";

import heartbeat from "./job-heartbeat.json";

/** Maximum age of a running job's heartbeat, in seconds: the clocks of two machines may differ. */
export const OLDEST_HEARTBEAT_SECONDS = heartbeat.oldestSeconds;

/**
 * The content of a job's lock. A test compares it with `contracts/job-lock.schema.json`. Unknown properties are ignored,
 * so that the lock of a later version can be read.
 */
export const jobLockSchema = z.object({
  owner: z.string(),
  applicationId: z.string(),
  specHash: z.string(),
  state: z.enum(["starting", "running", "stopped", "failed"]),
  batchId: z.int().nullable(),
  completedTriggers: z.int().min(0),
  heartbeat: z.iso.datetime({ offset: true }),
  reason: z.string().nullish(),
  behindSeconds: z.number().min(0).optional(),
  behindShard: z.string().optional(),
  driver: z
    .object({ machine: z.string(), processId: z.int().min(1), startTicks: z.int().min(0) })
    .nullish(),
});

export type JobLock = Readonly<z.infer<typeof jobLockSchema>>;
