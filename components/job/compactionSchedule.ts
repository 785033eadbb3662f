import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createDeadLetterQueue, sendDeadLetters } from "../shared/deadLetterQueue";
import { policyDocument, serviceTrust } from "../shared/iam";
import type { DeploymentTarget } from "../shared/target";
import { type BatchJobArgs, compactionCommand } from "./batchJobs";

export interface CompactionScheduleArgs extends BatchJobArgs {
  readonly target: DeploymentTarget;
  readonly clusterId: pulumi.Input<string>;
  /** When to run, as EventBridge Scheduler writes it, in UTC. */
  readonly expression: string;
  /** Days that the streaming job's own files stay after their hour was compacted. */
  readonly keepDays: number;
  /** Executors that a run may ask for. */
  readonly maxExecutors: number;
  /** false keeps the schedule and starts nothing: otherwise an idle cluster could never terminate itself. */
  readonly enabled: boolean;
}

/** How often, and for how many seconds, EventBridge retries a step that EMR refused. The next run is an hour away at most. */
const RETRY = { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 1800 };

/**
 * Adds the compaction to the cluster as a step, on a schedule. Its target holds the whole request, so a run in between
 * is the same request sent by hand (`npm run ops -- compact`).
 */
export class CompactionSchedule extends pulumi.ComponentResource {
  /** Physical name of the schedule, in the default group. */
  public readonly scheduleName: pulumi.Output<string>;
  /** Queue of runs that could not be started, each with EMR's answer. */
  public readonly deadLetterQueueName: pulumi.Output<string>;

  constructor(name: string, args: CompactionScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:cluster:CompactionSchedule", name, {}, opts);
    const { region, accountId, partition } = args.target;
    const queue = createDeadLetterQueue(name, this);
    const role = new aws.iam.Role(
      `${name}-schedule-role`,
      { assumeRolePolicy: serviceTrust("scheduler.amazonaws.com", accountId) },
      { parent: this },
    );
    const permissions = new aws.iam.RolePolicy(
      `${name}-schedule-rights`,
      {
        role: role.name,
        policy: policyDocument([
          {
            Sid: "AddStep",
            Action: "elasticmapreduce:AddJobFlowSteps",
            Resource: pulumi.interpolate`arn:${partition}:elasticmapreduce:${region}:${accountId}:cluster/${args.clusterId}`,
          },
          sendDeadLetters(queue),
        ]),
      },
      { parent: this },
    );
    const schedule = new aws.scheduler.Schedule(
      `${name}-schedule`,
      {
        description: "Rewrites closed hours of the lake into few large files",
        scheduleExpression: args.expression,
        scheduleExpressionTimezone: "UTC",
        flexibleTimeWindow: { mode: "OFF" },
        state: args.enabled ? "ENABLED" : "DISABLED",
        target: {
          // EventBridge Scheduler, universal targets: the AWS SDK's name of the service, then the operation.
          arn: pulumi.interpolate`arn:${partition}:scheduler:::aws-sdk:emr:addJobFlowSteps`,
          roleArn: role.arn,
          input: stepRequest(args),
          retryPolicy: RETRY,
          deadLetterConfig: { arn: queue.arn },
        },
      },
      { parent: this, dependsOn: [permissions] },
    );
    this.scheduleName = schedule.name;
    this.deadLetterQueueName = queue.name;
    this.registerOutputs({ scheduleName: this.scheduleName });
  }
}

/** The AddJobFlowSteps request, as JSON text. */
function stepRequest(args: CompactionScheduleArgs): pulumi.Output<string> {
  return pulumi.jsonStringify({
    JobFlowId: args.clusterId,
    Steps: [
      {
        Name: "compaction",
        // With several steps at a time EMR accepts nothing else.
        ActionOnFailure: "CONTINUE",
        HadoopJarStep: {
          Jar: "command-runner.jar",
          Args: compactionCommand(args, args.keepDays, args.maxExecutors),
        },
      },
    ],
  });
}
