import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { FIREWALL_WINDOW_SECONDS } from "./config";

/**
 * Rules of AWS's common rule set that inspect the body. They only count here: the first blocks bodies over 8 KB,
 * which a batch of posts easily exceeds; the others mistake text about markup and paths for an attack.
 */
const BODY_RULES = [
  "SizeRestrictions_BODY",
  "CrossSiteScripting_BODY",
  "EC2MetaDataSSRF_BODY",
  "GenericLFI_BODY",
  "GenericRFI_BODY",
];

/** A web ACL in front of a stage: a rate limit per address, and AWS's common rule set. */
export function createFirewall(
  name: string,
  args: {
    readonly stageArn: pulumi.Input<string>;
    /** Requests from one address in five minutes before it is blocked. */
    readonly requestsPerFiveMinutes: number;
  },
  parent: pulumi.Resource,
): aws.wafv2.WebAcl {
  const visibility = (metricName: string) => ({
    cloudwatchMetricsEnabled: true,
    metricName,
    sampledRequestsEnabled: false,
  });
  const acl = new aws.wafv2.WebAcl(
    `${name}-firewall`,
    {
      description: "Protects the prediction API",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: [
        {
          name: "rate",
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              limit: args.requestsPerFiveMinutes,
              evaluationWindowSec: FIREWALL_WINDOW_SECONDS,
              aggregateKeyType: "IP",
            },
          },
          visibilityConfig: visibility("rate"),
        },
        {
          name: "common",
          priority: 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: "AWS",
              name: "AWSManagedRulesCommonRuleSet",
              ruleActionOverrides: BODY_RULES.map((rule) => ({
                name: rule,
                actionToUse: { count: {} },
              })),
            },
          },
          visibilityConfig: visibility("common"),
        },
      ],
      visibilityConfig: visibility("prediction-api"),
    },
    { parent },
  );
  new aws.wafv2.WebAclAssociation(
    `${name}-firewall`,
    { resourceArn: args.stageArn, webAclArn: acl.arn },
    { parent },
  );
  return acl;
}
