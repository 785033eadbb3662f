import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { serviceTrust } from "../shared/iam";

export interface AccessLog {
  readonly group: aws.cloudwatch.LogGroup;
  /** The account setting, when this stack owns it: a stage with access logs must depend on it. */
  readonly account?: aws.apigateway.Account;
}

/**
 * The log group for access logs and, in the one stack that owns it, the role that API Gateway writes logs with.
 * That role is a setting of the account and region, shared by every API there.
 */
export function createAccessLog(
  name: string,
  args: {
    readonly retentionDays: number;
    readonly manageAccountRole: boolean;
    readonly partition: pulumi.Input<string>;
  },
  parent: pulumi.Resource,
): AccessLog {
  const group = new aws.cloudwatch.LogGroup(
    `${name}-access`,
    { retentionInDays: args.retentionDays },
    { parent },
  );
  if (!args.manageAccountRole) {
    return { group };
  }
  const role = new aws.iam.Role(
    `${name}-log-role`,
    // API Gateway sends no aws:SourceAccount when it assumes this role.
    { assumeRolePolicy: serviceTrust("apigateway.amazonaws.com") },
    { parent },
  );
  const permissions = new aws.iam.RolePolicyAttachment(
    `${name}-log-rights`,
    {
      role: role.name,
      policyArn: pulumi.interpolate`arn:${args.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    },
    { parent },
  );
  const account = new aws.apigateway.Account(
    `${name}-account`,
    { cloudwatchRoleArn: role.arn },
    { parent, dependsOn: [permissions] },
  );
  return { group, account };
}
