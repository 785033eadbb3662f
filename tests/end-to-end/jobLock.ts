import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

import type { JobLock } from "../../contracts/jobLock";
import { clientSettings } from "../../local/demo/storage";
import { LocalRun } from "../../local/run/localRun";

/** A client takes longer to make than a lock to read, and some tests read it ten times a second. */
const clients = new WeakMap<LocalRun, S3Client>();

function clientOf(run: LocalRun): S3Client {
  const client =
    clients.get(run) ??
    new S3Client({
      ...clientSettings(run.variables, "AWS_ENDPOINT_URL_S3"),
      forcePathStyle: true,
    });
  clients.set(run, client);
  return client;
}

/** What the job that owns the checkpoint says about itself. */
export async function readJobLock(run: LocalRun, lockUri: string): Promise<JobLock> {
  const { host, pathname } = new URL(lockUri);
  const { Body } = await clientOf(run).send(
    new GetObjectCommand({ Bucket: host, Key: decodeURIComponent(pathname.slice(1)) }),
  );
  return JSON.parse((await Body?.transformToString()) ?? "") as JobLock;
}
