import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";

/** What the operations commands read of the job's lock: `contracts/job-lock.schema.json`. */
const jobLockSchema = z.object({
  applicationId: z.string().optional(),
  state: z.string(),
  batchId: z.number().nullable(),
  completedTriggers: z.number().optional(),
  heartbeat: z.string(),
  reason: z.string().nullish(),
  behindSeconds: z.number().optional(),
  behindShard: z.string().optional(),
});

export type ReadLock = z.infer<typeof jobLockSchema>;

/**
 * The lock beside a checkpoint.
 *
 * @param uri `s3a://` address, the stack output `job.lockUri`
 * @returns undefined when no job was ever started
 */
export async function readJobLock(
  s3: Pick<S3Client, "send">,
  uri: string,
): Promise<ReadLock | undefined> {
  const { host, pathname } = new URL(uri);
  try {
    const object = await s3.send(
      new GetObjectCommand({ Bucket: host, Key: decodeURIComponent(pathname.slice(1)) }),
    );
    return jobLockSchema.parse(JSON.parse((await object.Body?.transformToString()) ?? ""));
  } catch (error) {
    if ((error as Error).name === "NoSuchKey") {
      return undefined;
    }
    throw error;
  }
}
