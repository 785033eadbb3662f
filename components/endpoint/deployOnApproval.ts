import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { acceptDeadLetters, createDeadLetterQueue } from "../shared/deadLetterQueue";
import { policyDocument, serviceTrust } from "../shared/iam";
import type { DeployOnApprovalConfig } from "./config";

export interface DeployOnApprovalArgs extends DeployOnApprovalConfig {
  /** Group whose approvals and rejections start a deployment. */
  readonly modelPackageGroupName: string;
}

/** Name of the event the deploy workflow listens to: `.github/workflows/deploy.yml`. */
export const DISPATCH_EVENT = "model-approved";

/** A dispatch that GitHub does not accept within this time is dropped; the next `pulumi up` deploys the model anyway. */
const RETRY_SECONDS = 3600;
const RETRY_ATTEMPTS = 20;

/**
 * Starts the deploy workflow when a model is approved, and when one is rejected: rejecting the model
 * that serves is the way back to the newest approved one. Where none is left, the deployment changes nothing
 * (`endpoint.withoutApprovedModel`).
 */
export class DeployOnApproval extends pulumi.ComponentResource {
  /** The rule, whose metric FailedInvocations counts dispatches that were given up. */
  public readonly ruleName: pulumi.Output<string>;
  /** Queue of approvals and rejections that GitHub did not accept in time. */
  public readonly deadLetterQueueName: pulumi.Output<string>;

  constructor(name: string, args: DeployOnApprovalArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:endpoint:DeployOnApproval", name, {}, opts);
    const destination = new aws.cloudwatch.EventApiDestination(
      name,
      {
        description: "Starts the deploy workflow on GitHub",
        connectionArn: args.connectionArn,
        // repository_dispatch: GitHub REST API, "Create a repository dispatch event".
        invocationEndpoint: `https://api.github.com/repos/${args.repository}/dispatches`,
        httpMethod: "POST",
        invocationRateLimitPerSecond: 1,
      },
      { parent: this },
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      // EventBridge does not document that it sends aws:SourceAccount when a rule assumes a role.
      { assumeRolePolicy: serviceTrust("events.amazonaws.com") },
      { parent: this },
    );
    const permissions = new aws.iam.RolePolicy(
      `${name}-rights`,
      {
        role: role.name,
        policy: policyDocument([
          {
            Sid: "StartWorkflow",
            Action: "events:InvokeApiDestination",
            Resource: destination.arn,
          },
        ]),
      },
      { parent: this },
    );
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        description: "A model was approved or rejected",
        eventPattern: JSON.stringify(approvalPattern(args.modelPackageGroupName)),
      },
      { parent: this },
    );
    const queue = createDeadLetterQueue(name, this);
    const queuePolicy = acceptDeadLetters(
      name,
      queue,
      [{ sid: "Events", service: "events.amazonaws.com", arns: [rule.arn] }],
      this,
    );
    new aws.cloudwatch.EventTarget(
      name,
      {
        rule: rule.name,
        arn: destination.arn,
        roleArn: role.arn,
        httpTarget: { headerParameters: { Accept: "application/vnd.github+json" } },
        inputTransformer: {
          inputPaths: {
            modelPackageArn: "$.detail.ModelPackageArn",
            approval: "$.detail.ModelApprovalStatus",
          },
          inputTemplate: dispatchTemplate(pulumi.getStack()),
        },
        retryPolicy: {
          maximumEventAgeInSeconds: RETRY_SECONDS,
          maximumRetryAttempts: RETRY_ATTEMPTS,
        },
        deadLetterConfig: { arn: queue.arn },
      },
      { parent: this, dependsOn: [permissions, queuePolicy] },
    );
    this.ruleName = rule.name;
    this.deadLetterQueueName = queue.name;
    this.registerOutputs({ ruleName: this.ruleName });
  }
}

/** Events that change which model is the newest approved one. */
export function approvalPattern(modelPackageGroupName: string): object {
  return {
    source: ["aws.sagemaker"],
    "detail-type": ["SageMaker Model Package State Change"],
    detail: {
      ModelPackageGroupName: [modelPackageGroupName],
      ModelApprovalStatus: ["Approved", "Rejected"],
    },
  };
}

/** Body of the dispatch; EventBridge puts quoted values where names stand in angle brackets. */
export function dispatchTemplate(stack: string): string {
  return (
    `{"event_type":"${DISPATCH_EVENT}","client_payload":{"stack":"${stack}",` +
    `"modelPackageArn":<modelPackageArn>,"approval":<approval>}}`
  );
}
