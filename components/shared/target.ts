import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where a stack is deployed. */
export interface DeploymentTarget {
  /** AWS region, plain: it decides names that must be known while planning. */
  readonly region: string;
  readonly accountId: pulumi.Output<string>;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: pulumi.Output<string>;
}

/** The account the provider works in, for look-ups that are made before anything is planned. */
export async function providerAccountId(): Promise<string> {
  return (await aws.getCallerIdentity({})).accountId;
}

/** Asks the provider which account and partition it works in. */
export function deploymentTarget(region: string): DeploymentTarget {
  return {
    region,
    accountId: aws.getCallerIdentityOutput({}).accountId,
    partition: aws.getPartitionOutput({}).partition,
  };
}
