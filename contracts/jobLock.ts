import { z } from "zod";

import heartbeat from "./job-heartbeat.json";

/** Oldest heartbeat of a live job, in seconds: the clocks of two machines may differ by some of them. */
export const OLDEST_HEARTBEAT_SECONDS = heartbeat.oldestSeconds;

/**
 * What a job's lock says: `contracts/job-lock.schema.json`, which a test holds this to. A reader ignores properties
 * that it does not know, so that it reads the lock of a later job.
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
