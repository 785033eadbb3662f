import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { constants, gunzipSync } from "node:zlib";

import { ARTIFACT_PREFIXES } from "../../contracts/bucketLayout";
import type { DeployedStack } from "./check";

/** What a driver says of itself stands in its first lines. */
const READ_BYTES = 1024 * 1024;

/** A file that log4j2 has rolled: `spark-DATE-HOUR-N.log`, which the uploader may have packed. */
const ROLLED = /\/spark-\d{8}-\d{2}-\d+\.log(\.gz)?$/;

/** YARN numbers containers from 1, and the first one of an attempt is its application master. */
const APPLICATION_MASTER = /\/container_(?:e\d+_)?\d+_\d+_(\d+)_000001\//;

/** Keys of rolled logs of an application, oldest first. */
export async function rolledLogs(
  { outputs, clients }: Pick<DeployedStack, "outputs" | "clients">,
  applicationId: string,
): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await clients.s3.send(
      new ListObjectsV2Command({
        Bucket: outputs.artifacts.bucket,
        Prefix: `${ARTIFACT_PREFIXES.logs}/${outputs.cluster.id}/containers/${applicationId}/`,
        ContinuationToken: token,
      }),
    );
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ""));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys.filter((key) => ROLLED.test(key)).sort();
}

/** The key that holds the first lines of the newest attempt's application master, the driver; undefined without one. */
export function driverLog(keys: readonly string[]): string | undefined {
  const attempts = keys.flatMap((key) => {
    const attempt = APPLICATION_MASTER.exec(key)?.[1];
    return attempt === undefined ? [] : [{ key, attempt: Number(attempt) }];
  });
  const newest = Math.max(...attempts.map(({ attempt }) => attempt));
  return attempts.find(({ attempt }) => attempt === newest)?.key;
}

/** The first megabyte of a log, unpacked. */
export async function readBeginning(
  { outputs, clients }: Pick<DeployedStack, "outputs" | "clients">,
  key: string,
): Promise<string> {
  const { Body: body } = await clients.s3.send(
    new GetObjectCommand({
      Bucket: outputs.artifacts.bucket,
      Key: key,
      Range: `bytes=0-${READ_BYTES - 1}`,
    }),
  );
  const bytes = (await body?.transformToByteArray()) ?? new Uint8Array();
  // A part of a packed file ends in the middle.
  const text = key.endsWith(".gz")
    ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
    : bytes;
  return Buffer.from(text).toString("utf8");
}
