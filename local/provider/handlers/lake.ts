import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import { type Properties, text } from "../wire";
import { connectionTo, ignoreMissing, isPresent } from "./connection";
import { objectContent } from "./content";
import type { HandlerContext, HandlerTable, ResourceHandler } from "./handler";

function client({ location }: HandlerContext): S3Client {
  return new S3Client({ ...connectionTo("S3", location.region), forcePathStyle: true });
}

/** Deletes every version and delete marker: a bucket can only be deleted when it is empty. */
async function empty(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(
      ({ Key, VersionId }) => ({ Key, VersionId }),
    );
    if (Objects.length === 0) {
      return;
    }
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
}

const bucket: ResourceHandler = {
  async create(inputs, context) {
    const { region } = context.location;
    await client(context).send(
      new CreateBucketCommand({
        Bucket: text(inputs.bucket),
        // AWS refuses the location constraint us-east-1, and requires one for every other region.
        ...(region !== "us-east-1" && {
          CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
        }),
      }),
    );
    return {};
  },
  async delete(id, _properties, context) {
    const s3 = client(context);
    const remove = async (): Promise<void> => {
      // Whatever forceDestroy is: otherwise the bucket would outlive its run.
      await empty(s3, id);
      await s3.send(new DeleteBucketCommand({ Bucket: id }));
    };
    await ignoreMissing(remove(), "NoSuchBucket", "NotFound");
  },
  exists: (id, _properties, context) =>
    isPresent(
      client(context).send(new HeadBucketCommand({ Bucket: id })),
      "NoSuchBucket",
      "NotFound",
    ),
};

async function put(inputs: Properties, context: HandlerContext): Promise<Properties> {
  const result = await client(context).send(
    new PutObjectCommand({
      Bucket: text(inputs.bucket),
      Key: text(inputs.key),
      Body: await objectContent(inputs),
      ContentType: typeof inputs.contentType === "string" ? inputs.contentType : undefined,
      Metadata: inputs.metadata as Record<string, string> | undefined,
    }),
  );
  return { etag: text(result.ETag).replaceAll('"', "") };
}

const object: ResourceHandler = {
  create: async (inputs, context) => ({ outputs: await put(inputs, context) }),
  update: (_id, _olds, news, context) => put(news, context),
  delete: (_id, properties, context) =>
    ignoreMissing(
      client(context).send(
        new DeleteObjectCommand({ Bucket: text(properties.bucket), Key: text(properties.key) }),
      ),
      "NoSuchBucket",
      "NoSuchKey",
      "NotFound",
    ),
  exists: (_id, properties, context) =>
    isPresent(
      client(context).send(
        new HeadObjectCommand({ Bucket: text(properties.bucket), Key: text(properties.key) }),
      ),
      "NoSuchBucket",
      "NoSuchKey",
      "NotFound",
    ),
};

/** Buckets and objects in the stand-in. */
export const lakeHandlers: HandlerTable = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketObjectv2:BucketObjectv2": object,
};
