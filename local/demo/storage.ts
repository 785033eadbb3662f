import { GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { Evaluation, parseEvaluation } from "./evaluation";

type Variables = Readonly<Record<string, string>>;

/** Clients that use the run's environment variables, which this process itself does not carry. */
export function clientSettings(variables: Variables, endpoint: string) {
  return {
    region: variables.AWS_REGION,
    endpoint: variables[endpoint],
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID,
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
    },
  };
}

function storageClient(variables: Variables): S3Client {
  return new S3Client({
    ...clientSettings(variables, "AWS_ENDPOINT_URL_S3"),
    forcePathStyle: true,
  });
}

async function getObject(client: S3Client, bucket: string, key: string): Promise<Readable> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body as Readable;
}

/** Copies every object below a prefix into a folder, keeping the names after the prefix. */
export async function downloadPrefix(
  variables: Variables,
  bucket: string,
  prefix: string,
  directory: string,
): Promise<void> {
  const client = storageClient(variables);
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key: key } of page.Contents ?? []) {
      if (key === undefined || key.endsWith("/")) {
        continue;
      }
      const file = path.join(directory, key.slice(prefix.length));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      await pipeline(await getObject(client, bucket, key), fs.createWriteStream(file));
    }
  }
}

/** The evaluation report that the newest approved package of a group carries. */
export async function modelEvaluation(
  variables: Variables,
  groupName: string,
): Promise<Evaluation> {
  const client = new SageMakerClient(clientSettings(variables, "AWS_ENDPOINT_URL_SAGEMAKER"));
  const { ModelPackageSummaryList: packages = [] } = await client.send(
    new ListModelPackagesCommand({
      ModelPackageGroupName: groupName,
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
      MaxResults: 1,
    }),
  );
  if (packages.length === 0) {
    throw new Error(`The model package group "${groupName}" holds no approved package.`);
  }
  const { ModelMetrics: metrics } = await client.send(
    new DescribeModelPackageCommand({ ModelPackageName: packages[0].ModelPackageArn }),
  );
  const uri = new URL(metrics?.ModelQuality?.Statistics?.S3Uri ?? "");
  const body = await getObject(storageClient(variables), uri.host, uri.pathname.slice(1));
  return parseEvaluation(Buffer.concat((await body.toArray()) as Uint8Array[]).toString("utf8"));
}
