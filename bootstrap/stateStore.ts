import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bucketPolicy } from "../components/shared/bucketPolicy";
import { policyDocument } from "../components/shared/iam";
import { administerKey } from "../components/shared/keyPolicy";
import type { DeploymentTarget } from "../components/shared/target";

export interface StateStoreArgs {
  readonly target: DeploymentTarget;
  /** ARNs of who writes state: they encrypt with the key and decrypt. */
  readonly writers: readonly pulumi.Input<string>[];
  /** ARNs of who reads state: they decrypt. */
  readonly readers: readonly pulumi.Input<string>[];
}

/** Days that an older version of a state stays. */
const OLDER_VERSIONS_DAYS = 90;

/**
 * Where the state of every stack of an account lies: a bucket that keeps older versions, and the key of its objects and
 * of the secrets in them. Both stay when a stack goes.
 */
export class StateStore extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;
  public readonly bucketArn: pulumi.Output<string>;
  public readonly keyArn: pulumi.Output<string>;
  public readonly aliasName: pulumi.Output<string>;

  constructor(name: string, args: StateStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:bootstrap:StateStore", name, {}, opts);
    const own = { parent: this };
    const kept = { parent: this, protect: true };
    const key = new aws.kms.Key(
      `${name}-key`,
      {
        description: "Encrypts the state of this account's stacks and the secrets in it",
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: policyDocument([
          administerKey(args.target),
          {
            Sid: "WriteState",
            Principal: { AWS: [...args.writers] },
            Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
            // In the policy of a key this is the key itself.
            Resource: "*",
          },
          {
            Sid: "ReadState",
            Principal: { AWS: [...args.readers] },
            Action: ["kms:Decrypt", "kms:DescribeKey"],
            Resource: "*",
          },
        ]),
      },
      kept,
    );
    const alias = new aws.kms.Alias(
      `${name}-key`,
      { name: "alias/streaming-ml-state", targetKeyId: key.keyId },
      own,
    );
    const bucket = new aws.s3.Bucket(name, { bucketPrefix: "streaming-ml-state-" }, kept);
    this.secure(name, bucket, key.arn);
    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.keyArn = key.arn;
    this.aliasName = alias.name;
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      keyArn: this.keyArn,
      aliasName: this.aliasName,
    });
  }

  /** Private, encrypted, with older versions, for nobody over plain HTTP. */
  private secure(name: string, { bucket, arn }: aws.s3.Bucket, keyArn: pulumi.Input<string>): void {
    const own = { parent: this };
    new aws.s3.BucketPublicAccessBlock(
      `${name}-private`,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      own,
    );
    new aws.s3.BucketOwnershipControls(
      `${name}-ownership`,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      own,
    );
    const versioning = new aws.s3.BucketVersioning(
      `${name}-versioning`,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      own,
    );
    new aws.s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      {
        bucket,
        rules: [
          {
            id: "older-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: OLDER_VERSIONS_DAYS },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      { parent: this, dependsOn: [versioning] },
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
            bucketKeyEnabled: true,
          },
        ],
      },
      own,
    );
    new aws.s3.BucketPolicy(`${name}-policy`, { bucket, policy: bucketPolicy(arn, keyArn) }, own);
  }
}
