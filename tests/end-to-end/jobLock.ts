import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { JobLock } from "../../components/job/jobConnection";
import { DemoRun } from "../../local/demo/demoRun";
import { clientSettings } from "../../local/demo/storage";

export type { JobLock };

/** What the job that owns the checkpoint says about itself. */
export async function readJobLock(run: DemoRun, lockUri: string): Promise<JobLock> {
  const { host, pathname } = new URL(lockUri);
  const client = new S3Client({
    ...clientSettings(run.variables, "AWS_ENDPOINT_URL_S3"),
    forcePathStyle: true,
  });
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: host, Key: decodeURIComponent(pathname.slice(1)) }),
  );
  return JSON.parse((await Body?.transformToString()) ?? "") as JobLock;
}
