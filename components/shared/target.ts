import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where a stack is deployed. */
export interface DeploymentTarget {
  /** AWS region as a plain value: names that must be known while planning depend on it. */
  readonly region: string;
  readonly accountId: pulumi.Output<string>;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: pulumi.Output<string>;
}

/** The provider's account, for lookups before anything is planned. */
export async function providerAccountId(): Promise<string> {
  return (await aws.getCallerIdentity({})).accountId;
}

/** Gets the provider's account and partition. */
export function deploymentTarget(region: string): DeploymentTarget {
  return {
    region,
    accountId: aws.getCallerIdentityOutput({}).accountId,
    partition: aws.getPartitionOutput({}).partition,
  };
}
