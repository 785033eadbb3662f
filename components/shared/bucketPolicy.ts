import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "./iam";

/**
 * Resource policy of every bucket: no plain HTTP, and no other encryption than the bucket's own.
 * Only a *wrong* header is refused. A missing one is right: S3 then applies the bucket's default, and Spark's
 * S3A writers rely on that. (A negated condition also holds for a missing key, hence the Null test.)
 * With S3's own keys no header is wrong: S3 encrypts every object, and a training job told of no key asks for the
 * account's aws/s3 key (SageMaker API reference, OutputDataConfig.KmsKeyId), which a stricter policy would refuse.
 *
 * @param keyArn the bucket's customer key, or undefined for S3's own keys
 * @param more what one bucket alone allows or denies
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
