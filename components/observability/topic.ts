import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "../shared/iam";
import { administerKey } from "../shared/keyPolicy";
import type { DeploymentTarget } from "../shared/target";

export interface AnnouncementTopic {
  readonly topic: aws.sns.Topic;
  /** Without it nothing that is announced arrives. */
  readonly policy: aws.sns.TopicPolicy;
}

/**
 * The encrypted topic that alarms and events go to. Its key is one of its own: the services that publish must be
 * allowed to use it, and the policy of alias/aws/sns, which nobody can change, lets none of them.
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
 * Who may publish. CloudWatch says for which account it acts; EventBridge says nothing, neither to SNS nor to KMS
 * (EventBridge, "Resource-based policies": no Condition blocks in topic policies). A condition on it would never
 * hold: each event would be dropped, and the rule would still look well.
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
