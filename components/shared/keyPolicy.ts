import * as pulumi from "@pulumi/pulumi";

import type { PolicyStatement } from "./iam";
import type { DeploymentTarget } from "./target";

/** What the account may do with the key: everything about the key, nothing with what it encrypts. */
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

/** Without this statement a key with a policy of its own could never be changed or deleted again. */
export function administerKey(target: DeploymentTarget): PolicyStatement {
  return {
    Sid: "Administer",
    Principal: { AWS: pulumi.interpolate`arn:${target.partition}:iam::${target.accountId}:root` },
    Action: ADMINISTRATION,
    // In the policy of a key this is the key itself.
    Resource: "*",
  };
}
