import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createDeadLetterQueue, sendDeadLetters } from "../shared/deadLetterQueue";
import { policyDocument, serviceTrust } from "../shared/iam";

export interface RetrainingScheduleArgs {
  readonly accountId: pulumi.Input<string>;
  readonly pipelineArn: pulumi.Input<string>;
  readonly expression: string;
  readonly timezone: string;
}

/**
 * Starts the pipeline on a schedule, with a role that allows nothing else.
 *
 * @returns the queue of starts that failed for good, each with SageMaker's answer
 */
export function createRetrainingSchedule(
  name: string,
  args: RetrainingScheduleArgs,
  parent: pulumi.Resource,
): aws.sqs.Queue {
  const queue = createDeadLetterQueue(name, parent);
  const role = new aws.iam.Role(
    `${name}-schedule-role`,
    { assumeRolePolicy: serviceTrust("scheduler.amazonaws.com", args.accountId) },
    { parent },
  );
  const permissions = new aws.iam.RolePolicy(
    `${name}-schedule-rights`,
    {
      role: role.name,
      policy: policyDocument([
        {
          Sid: "StartPipeline",
          Action: "sagemaker:StartPipelineExecution",
          Resource: args.pipelineArn,
        },
        sendDeadLetters(queue),
      ]),
    },
    { parent },
  );
  new aws.scheduler.Schedule(
    `${name}-schedule`,
    {
      description: "Retrains the model",
      scheduleExpression: args.expression,
      scheduleExpressionTimezone: args.timezone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: args.pipelineArn,
        roleArn: role.arn,
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: queue.arn },
      },
    },
    { parent, dependsOn: [permissions] },
  );
  return queue;
}
