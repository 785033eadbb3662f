import * as pulumi from "@pulumi/pulumi";

import { policyDocument } from "../shared/iam";

/**
 * Resource policy of every bucket: no plain HTTP, and no other encryption than the bucket's own.
 * Only a *wrong* header is refused. A missing one is right: S3 then applies the bucket's default, and Spark's
 * S3A writers rely on that. (A negated condition also holds for a missing key, hence the Null test.)
 *
 * @param keyArn the bucket's customer key, or undefined for S3's own keys
 */
export function bucketPolicy(
  bucketArn: pulumi.Input<string>,
  keyArn?: pulumi.Input<string>,
): pulumi.Output<string> {
  const objects = pulumi.interpolate`${bucketArn}/*`;
  const algorithm = "s3:x-amz-server-side-encryption";
  const keyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  return policyDocument([
    {
      Sid: "DenyPlainHttp",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [bucketArn, objects],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyOtherEncryption",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: objects,
      Condition: {
        Null: { [algorithm]: "false" },
        StringNotEquals: { [algorithm]: keyArn === undefined ? "AES256" : "aws:kms" },
      },
    },
    ...(keyArn === undefined
      ? []
      : [
          {
            Sid: "DenyOtherKey",
            Effect: "Deny" as const,
            Principal: "*" as const,
            Action: "s3:PutObject",
            Resource: objects,
            Condition: { Null: { [keyId]: "false" }, StringNotEquals: { [keyId]: keyArn } },
          },
        ]),
  ]);
}
