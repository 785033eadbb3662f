import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import { protocolOf } from "./recipientProtocol";

/**
 * Subscribes a recipient to the topic. Its name follows its address, so that nobody else has to confirm again when one
 * comes or goes.
 *
 * @param queue keeps what SNS could not deliver, with the policy that lets it. Mail needs none: SNS hands it to a mail
 * server, and whether that brings it any further SNS does not know.
 */
export function subscribe(
  name: string,
  topic: aws.sns.Topic,
  recipient: string,
  queue: { readonly arn: pulumi.Output<string>; readonly policy: pulumi.Resource },
  parent: pulumi.Resource,
): aws.sns.TopicSubscription {
  const protocol = protocolOf(recipient)!;
  const hash = createHash("sha256").update(recipient).digest("hex").slice(0, 8);
  return new aws.sns.TopicSubscription(
    `${name}-to-${hash}`,
    {
      topic: topic.arn,
      protocol,
      endpoint: recipient,
      redrivePolicy:
        protocol === "email" ? undefined : pulumi.jsonStringify({ deadLetterTargetArn: queue.arn }),
    },
    { parent, dependsOn: [queue.policy] },
  );
}
