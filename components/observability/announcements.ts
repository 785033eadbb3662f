import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { acceptDeadLetters, createDeadLetterQueue } from "../shared/deadLetterQueue";
import { describeWithRunbook } from "../shared/runbook";
import type { DeploymentTarget } from "../shared/target";
import type { AnnouncedEvent } from "./events";
import { subscribe } from "./recipients";
import { createTopic } from "./topic";

/** An event with its source, which is known only while deploying. */
export interface Announced {
  readonly subject: pulumi.Input<string>;
  readonly event: (subject: string) => AnnouncedEvent;
}

export interface Announcements {
  readonly topic: aws.sns.Topic;
  /** Topic policy: without it nothing can be published. */
  readonly topicPolicy: aws.sns.TopicPolicy;
  /** Names of the rules by their event. */
  readonly ruleNames: Record<string, pulumi.Output<string>>;
  /** Name of the dead-letter queue for the topic and its recipients. */
  readonly deadLetterQueueName: pulumi.Output<string>;
}

/** The topic, its subscriptions, the events that are published to it, and the dead-letter queue. */
export function createAnnouncements(
  name: string,
  args: {
    readonly target: DeploymentTarget;
    readonly recipients: readonly string[];
    readonly events: readonly Announced[];
  },
  parent: pulumi.Resource,
): Announcements {
  const { topic, policy: topicPolicy } = createTopic(name, args.target, parent);
  const rules = args.events.map((announced) => createRule(name, announced, parent));
  const queue = createDeadLetterQueue(name, parent);
  const queuePolicy = acceptDeadLetters(
    name,
    queue,
    [
      { sid: "Events", service: "events.amazonaws.com", arns: rules.map(({ rule }) => rule.arn) },
      { sid: "Notifications", service: "sns.amazonaws.com", arns: [topic.arn] },
    ],
    parent,
  );
  for (const { role, rule } of rules) {
    new aws.cloudwatch.EventTarget(
      `${name}-${role}-topic`,
      { rule: rule.name, arn: topic.arn, deadLetterConfig: { arn: queue.arn } },
      { parent, dependsOn: [topicPolicy, queuePolicy] },
    );
  }
  for (const recipient of args.recipients) {
    subscribe(name, topic, recipient, { arn: queue.arn, policy: queuePolicy }, parent);
  }
  return {
    topic,
    topicPolicy,
    ruleNames: Object.fromEntries(rules.map(({ role, rule }) => [role, rule.name])),
    deadLetterQueueName: queue.name,
  };
}

function createRule(
  name: string,
  { subject, event }: Announced,
  parent: pulumi.Resource,
): { readonly role: string; readonly rule: aws.cloudwatch.EventRule } {
  const { role, description } = event("");
  const rule = new aws.cloudwatch.EventRule(
    `${name}-${role}`,
    {
      description: describeWithRunbook(description, role),
      eventPattern: pulumi.output(subject).apply((known) => JSON.stringify(event(known).pattern)),
    },
    { parent },
  );
  return { role, rule };
}
