import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { expiry } from "./lifecycle";
import { StorageBucket, type StorageBucketArgs } from "./storageBucket";

/** Days an access log stays: long enough to find out who read what after a leak is noticed. */
const ACCESS_LOG_DAYS = 90;

/**
 * S3 server access logs of the given buckets, in a bucket that only S3's logging service writes to. It never has a
 * customer managed key, because that service cannot use one.
 */
export function createAccessLogs(
  name: string,
  args: Pick<StorageBucketArgs, "protect" | "deleteContents">,
  watched: Readonly<Record<string, StorageBucket>>,
  parent: pulumi.Resource,
): StorageBucket {
  const logs = new StorageBucket(
    `${name}-access-logs`,
    {
      ...args,
      lifecycle: [expiry("access-logs", "", ACCESS_LOG_DAYS)],
      statements: (bucketArn) => [
        {
          Sid: "WriteAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: pulumi.interpolate`${bucketArn}/*`,
          Condition: {
            ArnLike: { "aws:SourceArn": Object.values(watched).map(({ arn }) => arn) },
          },
        },
      ],
    },
    { parent },
  );
  for (const [prefix, bucket] of Object.entries(watched)) {
    new aws.s3.BucketLogging(
      `${name}-${prefix}-access-log`,
      { bucket: bucket.name, targetBucket: logs.name, targetPrefix: `${prefix}/` },
      // S3 checks its permission to write there when logging is enabled.
      { parent, dependsOn: [logs] },
    );
  }
  return logs;
}
