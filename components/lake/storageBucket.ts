import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { BucketAccess } from "../shared/bucketAccess";
import { bucketPolicy } from "../shared/bucketPolicy";
import { grant, type NamedRole, type PolicyStatement } from "../shared/iam";
import type { LifecycleRule } from "./lifecycle";

export interface StorageBucketArgs {
  /** Customer key that encrypts the bucket. Absent: S3's own keys. */
  readonly key?: aws.kms.Key;
  /** Refuse to delete the bucket. */
  readonly protect: boolean;
  /** Delete what is in it with the bucket. */
  readonly deleteContents: boolean;
  readonly lifecycle: LifecycleRule[];
  /** What this bucket's policy says beside what every bucket's says. @default nothing */
  readonly statements?: (bucketArn: pulumi.Output<string>) => PolicyStatement[];
}

/**
 * A private, encrypted, versioned bucket that answers over TLS only.
 * Others get at it by prefix, through {@link grantRead} and {@link grantWrite}.
 */
export class StorageBucket extends pulumi.ComponentResource implements BucketAccess {
  /** Physical name. */
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** The bucket itself, for what this component does not offer. */
  public readonly bucket: aws.s3.Bucket;
  /** The customer key, when the bucket has one. */
  public readonly key?: aws.kms.Key;
  /**
   * What makes the bucket private, encrypted and versioned, and who may do what: whoever stores something, or tells a
   * service to, comes after them.
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

  /** Address of a prefix for Spark: `s3a://bucket/prefix`, which is what EMR 7.10 and later speak. */
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

  /** Lets a role read, write and delete below prefixes. Name output roots: committers write beside partitions. */
  public grantWrite(
    name: string,
    role: NamedRole,
    ...prefixes: readonly string[]
  ): aws.iam.RolePolicy {
    return grant(this, `${this.logicalName}-${name}-write`, role, [
      this.listStatement(prefixes),
      {
        // Listing uploads knows no s3:prefix: a condition on it would never be met.
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

  /** Both a prefix itself (S3A asks for it as if it were an object) and everything below. */
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
    // S3 refuses rules about old versions while versioning is still being switched on.
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
