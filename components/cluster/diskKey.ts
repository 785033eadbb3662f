import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { PolicyStatement } from "../shared/iam";
import type { DeploymentTarget } from "../shared/target";

/**
 * Actions of a key user (EMR management guide, "Enabling EBS encryption by providing additional permissions"), without
 * its wildcards. When it creates an encrypted volume, EC2 calls GenerateDataKeyWithoutPlaintext on behalf of the
 * principal that launches the instance (EBS user guide, "Requirements for Amazon EBS encryption").
 */
const USE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** Operations that EC2 needs to launch a spot instance (EC2 user guide, "Service-linked role for Spot Instances"). */
const SPOT_OPERATIONS = [
  "CreateGrant",
  "Decrypt",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
];

/** The key that encrypts the EBS volumes of the cluster's nodes. */
export function createDiskKey(name: string, parent: pulumi.Resource): aws.kms.Key {
  return new aws.kms.Key(
    `${name}-disk-key`,
    { description: "Encrypts the disks of the cluster's nodes", enableKeyRotation: true },
    { parent },
  );
}

/** Permissions to use the key: for the nodes, and for the role that launches them, which also grants it to EBS. */
export function diskKeyStatements(
  key: aws.kms.Key | undefined,
  user: "nodes" | "launcher",
): PolicyStatement[] {
  if (key === undefined) {
    return [];
  }
  const use: PolicyStatement = { Sid: "UseDiskKey", Action: USE, Resource: key.arn };
  return user === "nodes"
    ? [use]
    : [
        use,
        {
          Sid: "LendDiskKeyToVolumes",
          Action: "kms:CreateGrant",
          Resource: key.arn,
          Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ];
}

/**
 * Grants the key to EC2's spot service. That service launches spot instances with a service-linked role whose policy
 * has no customer managed keys: without the grant each spot request fails with "an EBS volume cannot be encrypted".
 * KMS refuses the grant while the account has no such role: see docs/first-deploy.md.
 */
export function lendDiskKeyToSpot(
  name: string,
  key: aws.kms.Key,
  target: DeploymentTarget,
  parent: pulumi.Resource,
): aws.kms.Grant {
  return new aws.kms.Grant(
    `${name}-spot-disk-key`,
    {
      keyId: key.keyId,
      granteePrincipal: pulumi.interpolate`arn:${target.partition}:iam::${target.accountId}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
      operations: SPOT_OPERATIONS,
    },
    { parent },
  );
}
