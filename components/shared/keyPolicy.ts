import * as pulumi from "@pulumi/pulumi";

import type { PolicyStatement } from "./iam";
import type { DeploymentTarget } from "./target";

/** Actions of the account: all management of the key, but no use of it to encrypt or decrypt. */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/** Without this statement a key with its own policy could never be changed or deleted. */
export function administerKey(target: DeploymentTarget): PolicyStatement {
  return {
    Sid: "Administer",
    Principal: { AWS: pulumi.interpolate`arn:${target.partition}:iam::${target.accountId}:root` },
    Action: ADMINISTRATION,
    // In a key policy "*" is the key itself.
    Resource: "*",
  };
}
