import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { NamedRole } from "./iam";

/** A bucket as rooms take it that store something in it or let somebody: the lake's `StorageBucket` is one. */
export interface BucketAccess extends pulumi.ComponentResource {
  /** Physical name. */
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** The customer key, when the bucket has one. */
  readonly key?: aws.kms.Key;
  /**
   * What makes the bucket private, encrypted and versioned, and who may do what: whoever stores something, or tells a
   * service to, comes after them.
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
