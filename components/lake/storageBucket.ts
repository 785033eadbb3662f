import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { BucketAccess } from "../shared/bucketAccess";
import { bucketPolicy } from "../shared/bucketPolicy";
import { grant, type NamedRole, type PolicyStatement } from "../shared/iam";
import type { LifecycleRule } from "./lifecycle";

export interface StorageBucketArgs {
  /** Customer managed key that encrypts the bucket. Absent: S3 managed keys. */
  readonly key?: aws.kms.Key;
  /** Refuse to delete the bucket. */
  readonly protect: boolean;
  /** Delete the objects with the bucket. */
  readonly deleteContents: boolean;
  readonly lifecycle: LifecycleRule[];
  /** Statements of this bucket's policy in addition to those of every bucket. @default nothing */
  readonly statements?: (bucketArn: pulumi.Output<string>) => PolicyStatement[];
}

/**
 * A private, encrypted, versioned bucket that allows TLS only.
 * Roles get access by prefix, through {@link grantRead} and {@link grantWrite}.
 */
export class StorageBucket extends pulumi.ComponentResource implements BucketAccess {
  /** Physical name. */
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** The underlying bucket resource. */
  public readonly bucket: aws.s3.Bucket;
  /** The customer managed key, if the bucket has one. */
  public readonly key?: aws.kms.Key;
  /**
   * Resources that make the bucket private, encrypted and versioned, and its policy: whatever stores objects in it must
   * depend on them.
   */
  public readonly settings: pulumi.Resource[];
  private readonly logicalName: string;

  constructor(name: string, args: StorageBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:lake:StorageBucket", name, {}, opts);
    this.logicalName = name;
    this.key = args.key;
    this.bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: args.deleteContents },
      { parent: this, protect: args.protect },
    );
    this.name = this.bucket.bucket;
    this.arn = this.bucket.arn;
    this.settings = configureBucket(name, this.bucket, args, this);
    this.registerOutputs({ name: this.name, arn: this.arn });
  }

  /** Address of a prefix for SageMaker and the AWS CLI: `s3://bucket/prefix`. */
  public uri(prefix: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.interpolate`s3://${this.name}/${prefix}`;
  }

  /** Address of a prefix for Spark: `s3a://bucket/prefix`, the scheme of EMR 7.10 and later. */
  public sparkUri(prefix: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.interpolate`s3a://${this.name}/${prefix}`;
  }

  /** Lets a role read below prefixes, each named without a trailing slash: `events`. */
  public grantRead(
    name: string,
    role: NamedRole,
    ...prefixes: readonly string[]
  ): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-read`, role, [
      this.listStatement(prefixes),
      { Sid: "ReadObjects", Action: "s3:GetObject", Resource: this.objects(prefixes) },
      ...this.keyStatement("kms:Decrypt"),
    ]);
  }

  /** Lets a role read, write and delete below prefixes. Pass output roots: committers also write outside partitions. */
  public grantWrite(
    name: string,
    role: NamedRole,
    ...prefixes: readonly string[]
  ): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-write`, role, [
      this.listStatement(prefixes),
      {
        // ListBucketMultipartUploads does not support s3:prefix: a condition on it would never be true.
        Sid: "ListUploads",
        Action: "s3:ListBucketMultipartUploads",
        Resource: this.arn,
      },
      {
        Sid: "WriteObjects",
        Action: [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ],
        Resource: this.objects(prefixes),
      },
      ...this.keyStatement("kms:Decrypt", "kms:GenerateDataKey"),
    ]);
  }

  /** The prefix itself (S3A requests it like an object) and everything under it. */
  private objects(prefixes: readonly string[]): pulumi.Output<string>[] {
    return prefixes.flatMap((prefix) => [
      pulumi.interpolate`${this.arn}/${prefix}`,
      pulumi.interpolate`${this.arn}/${prefix}/*`,
    ]);
  }

  private listStatement(prefixes: readonly string[]): PolicyStatement {
    return {
      Sid: "ListPrefix",
      Action: "s3:ListBucket",
      Resource: this.arn,
      Condition: {
        StringLike: { "s3:prefix": prefixes.flatMap((prefix) => [prefix, `${prefix}/*`]) },
      },
    };
  }

  private keyStatement(...actions: string[]): PolicyStatement[] {
    return this.key === undefined
      ? []
      : [{ Sid: "UseKey", Action: actions, Resource: this.key.arn }];
  }
}

function configureBucket(
  name: string,
  bucket: aws.s3.Bucket,
  args: StorageBucketArgs,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const opts = { parent };
  const privateOnly = new aws.s3.BucketPublicAccessBlock(
    `${name}-private`,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    opts,
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket: bucket.bucket,
      rules: [
        args.key === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: "aws:kms",
                kmsMasterKeyId: args.key.arn,
              },
              bucketKeyEnabled: true,
            },
      ],
    },
    opts,
  );
  const versioning = new aws.s3.BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    opts,
  );
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { bucket: bucket.bucket, rules: args.lifecycle },
    // S3 refuses rules for noncurrent versions until versioning is enabled.
    { parent, dependsOn: [versioning] },
  );
  const policy = new aws.s3.BucketPolicy(
    `${name}-policy`,
    {
      bucket: bucket.bucket,
      policy: bucketPolicy(bucket.arn, args.key?.arn, args.statements?.(bucket.arn)),
    },
    // S3 rejects two changes of a bucket's access settings at the same time.
    { parent, dependsOn: [privateOnly] },
  );
  return [privateOnly, ownership, encryption, versioning, policy];
}
