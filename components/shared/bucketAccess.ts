import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { NamedRole } from "./iam";

/** A bucket as other components see it; the lake's `StorageBucket` implements it. */
export interface BucketAccess extends pulumi.ComponentResource {
  /** Physical name. */
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** The customer managed key, if the bucket has one. */
  readonly key?: aws.kms.Key;
  /**
   * Resources that make the bucket private, encrypted and versioned, and its policy: whatever stores objects in it must
   * depend on them.
   */
  readonly settings: pulumi.Resource[];
  /** Address of a prefix for SageMaker and the AWS CLI: `s3://bucket/prefix`. */
  uri(prefix: pulumi.Input<string>): pulumi.Output<string>;
  /** Address of a prefix for Spark: `s3a://bucket/prefix`. */
  sparkUri(prefix: pulumi.Input<string>): pulumi.Output<string>;
  /** Lets a role read below prefixes, each named without a trailing slash: `events`. */
  grantRead(name: string, role: NamedRole, ...prefixes: readonly string[]): aws.iam.RolePolicy;
  /** Lets a role read, write and delete below prefixes. */
  grantWrite(name: string, role: NamedRole, ...prefixes: readonly string[]): aws.iam.RolePolicy;
}
