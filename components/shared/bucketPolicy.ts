import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "./iam";

/**
 * Bucket policy of every bucket: no plain HTTP, and no encryption other than the bucket's own.
 * Only a *wrong* header is denied. Without a header S3 applies the bucket's default encryption, which Spark's S3A
 * writers rely on. (A negated condition is also true for a missing key, which is why there is a Null test.)
 * With S3 managed keys every header is allowed: S3 encrypts every object, and a training job without a key requests the
 * account's aws/s3 key (SageMaker API reference, OutputDataConfig.KmsKeyId), which a stricter policy would deny.
 *
 * @param keyArn the bucket's customer managed key, or undefined for S3 managed keys
 * @param more additional statements of one bucket
 */
export function bucketPolicy(
  bucketArn: pulumi.Input<string>,
  keyArn?: pulumi.Input<string>,
  more: readonly PolicyStatement[] = [],
): pulumi.Output<string> {
  const objects = pulumi.interpolate`${bucketArn}/*`;
  return policyDocument([
    {
      Sid: "DenyPlainHttp",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [bucketArn, objects],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    ...(keyArn === undefined ? [] : onlyTheKey(objects, keyArn)),
    ...more,
  ]);
}

function onlyTheKey(
  objects: pulumi.Output<string>,
  keyArn: pulumi.Input<string>,
): PolicyStatement[] {
  const algorithm = "s3:x-amz-server-side-encryption";
  const keyId = `${algorithm}-aws-kms-key-id`;
  const refusal = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: objects,
  } as const;
  return [
    {
      ...refusal,
      Sid: "DenyOtherEncryption",
      Condition: { Null: { [algorithm]: "false" }, StringNotEquals: { [algorithm]: "aws:kms" } },
    },
    {
      ...refusal,
      Sid: "DenyOtherKey",
      Condition: { Null: { [keyId]: "false" }, StringNotEquals: { [keyId]: keyArn } },
    },
  ];
}
