import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "./iam";

/** The longest that SQS keeps a message, in seconds: 14 days (SQS, "Message quotas"). */
const RETENTION_SECONDS = 14 * 24 * 3600;

/**
 * Creates a dead-letter queue that keeps messages for 14 days. SQS encrypts it with a key of its own
 * (SSE-SQS), which needs no permission: a KMS key would need one for each service that writes here.
 *
 * @param name of the resource that delivers; the queue is named after it
 */
export function createDeadLetterQueue(name: string, parent: pulumi.Resource): aws.sqs.Queue {
  return new aws.sqs.Queue(
    `${name}-undelivered`,
    { messageRetentionSeconds: RETENTION_SECONDS, sqsManagedSseEnabled: true },
    { parent },
  );
}

/** Permissions of a role to send to the queue: EventBridge Scheduler does so with the schedule's role. */
export function sendDeadLetters(queue: aws.sqs.Queue): PolicyStatement {
  return { Sid: "KeepUndelivered", Action: "sqs:SendMessage", Resource: queue.arn };
}

/** A service that sends to a queue without a role, and the rules or topics that it may do so for. */
export interface DeadLetterSender {
  readonly sid: string;
  readonly service: "events.amazonaws.com" | "sns.amazonaws.com";
  readonly arns: pulumi.Output<string>[];
}

/**
 * Lets services send to the queue. Without it the message is lost, and only the metric InvocationsFailedToBeSentToDlq
 * or NumberOfNotificationsFailedToRedriveToDlq shows it. Both services send aws:SourceArn (EventBridge, "Using
 * dead-letter queues"; SNS, "Configuring a dead-letter queue").
 */
export function acceptDeadLetters(
  name: string,
  queue: aws.sqs.Queue,
  senders: readonly DeadLetterSender[],
  parent: pulumi.Resource,
): aws.sqs.QueuePolicy {
  return new aws.sqs.QueuePolicy(
    `${name}-undelivered`,
    {
      queueUrl: queue.url,
      policy: policyDocument(
        senders.map(({ sid, service, arns }) => ({
          Sid: sid,
          Principal: { Service: service },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: { ArnEquals: { "aws:SourceArn": arns } },
        })),
      ),
    },
    { parent },
  );
}
