import type { RoleScope, StackPlace } from "./arns";

type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[] | string>>>>;

/** Services that take a stack's roles. */
const PASSED_TO = [
  "apigateway.amazonaws.com",
  "ec2.amazonaws.com",
  "elasticmapreduce.amazonaws.com",
  "events.amazonaws.com",
  "sagemaker.amazonaws.com",
  "scheduler.amazonaws.com",
];

/** Policies of AWS that a stack attaches to its roles. */
const ATTACHED = [
  "AmazonSSMManagedInstanceCore",
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
  "service-role/AmazonEMRServicePolicy_v2",
];

/** Services that encrypt with a stack's key for whoever asks them. */
const ENCRYPTING = ["kinesis", "s3", "secretsmanager"];

/**
 * The condition under which an action is allowed; undefined for most.
 *
 * @param scope whose roles: who deploys an approved model lends keys to services only
 */
export function conditionOf(
  action: string,
  { partition, region }: StackPlace,
  scope: RoleScope = "stack",
): Condition | undefined {
  switch (action) {
    case "iam:PassRole":
      return { StringEquals: { "iam:PassedToService": PASSED_TO } };
    case "iam:AttachRolePolicy":
    case "iam:DetachRolePolicy":
      return {
        ArnEquals: {
          "iam:PolicyARN": ATTACHED.map((name) => `arn:${partition}:iam::aws:policy/${name}`),
        },
      };
    case "kms:CreateGrant":
      return scope === "stack" ? undefined : { Bool: { "kms:GrantIsForAWSResource": "true" } };
    case "kms:Decrypt":
    case "kms:Encrypt":
    case "kms:GenerateDataKey":
      return {
        StringEquals: {
          "kms:ViaService": ENCRYPTING.map((service) => `${service}.${region}.amazonaws.com`),
        },
      };
    default:
      return undefined;
  }
}

/** Services whose own role AWS makes in a new account, and what may make it. */
export const SERVICE_LINKED = [
  "elasticmapreduce.amazonaws.com",
  "ops.apigateway.amazonaws.com",
  "sagemaker.application-autoscaling.amazonaws.com",
  "spot.amazonaws.com",
] as const;
