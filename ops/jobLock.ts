import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import { type JobLock, jobLockSchema } from "../contracts/jobLock";

/**
 * The lock beside a checkpoint.
 *
 * @param uri `s3a://` address, the stack output `job.lockUri`
 * @returns undefined when no job was ever started
 */
export async function readJobLock(
  s3: Pick<S3Client, "send">,
  uri: string,
): Promise<JobLock | undefined> {
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
