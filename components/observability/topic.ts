import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "../shared/iam";
import { administerKey } from "../shared/keyPolicy";
import type { DeploymentTarget } from "../shared/target";

export interface AnnouncementTopic {
  readonly topic: aws.sns.Topic;
  /** Topic policy: without it nothing can be published. */
  readonly policy: aws.sns.TopicPolicy;
}

/**
 * The encrypted topic for alarms and events. It has its own key: the publishing services need permission to use it, and
 * the policy of alias/aws/sns, which cannot be changed, does not allow them.
 */
export function createTopic(
  name: string,
  target: DeploymentTarget,
  parent: pulumi.Resource,
): AnnouncementTopic {
  const opts = { parent };
  const key = new aws.kms.Key(
    `${name}-key`,
    {
      description: "Encrypts what alarms and events announce",
      enableKeyRotation: true,
      policy: policyDocument([administerKey(target), ...publishers(target, "use")]),
    },
    opts,
  );
  const topic = new aws.sns.Topic(
    name,
    { displayName: "streaming-ml alarms", kmsMasterKeyId: key.arn },
    opts,
  );
  const policy = new aws.sns.TopicPolicy(
    `${name}-policy`,
    { arn: topic.arn, policy: policyDocument(publishers(target, topic.arn)) },
    opts,
  );
  return { topic, policy };
}

/**
 * Statements for the publishing services. CloudWatch sends aws:SourceAccount; EventBridge does not, neither to SNS nor
 * to KMS (EventBridge, "Resource-based policies": no Condition blocks in topic policies). A condition on it would never
 * be true: each event would be dropped, and the rule would still look healthy.
 *
 * @param to a topic, or "use" of the key the topic is encrypted with
 */
function publishers(
  target: DeploymentTarget,
  to: pulumi.Output<string> | "use",
): PolicyStatement[] {
  const what =
    to === "use"
      ? { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "*" }
      : { Action: "sns:Publish", Resource: to };
  return [
    {
      Sid: "Alarms",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      ...what,
      Condition: { StringEquals: { "aws:SourceAccount": target.accountId } },
    },
    { Sid: "Events", Principal: { Service: "events.amazonaws.com" }, ...what },
  ];
}
