import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import { protocolOf } from "./recipientProtocol";

/**
 * Subscribes a recipient to the topic. The logical name comes from the address, so that adding or removing one
 * recipient does not make the others confirm again.
 *
 * @param queue dead-letter queue for failed deliveries, with its policy. Email needs none: SNS passes it to a mail
 * server and does not learn whether it was delivered.
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
