import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { LAKE_PREFIXES } from "../../contracts/bucketLayout";
import { policyDocument, serviceTrust } from "../shared/iam";
import { completeArgs } from "../shared/settings";
import type { DeploymentTarget } from "../shared/target";
import { endpointConfigSchema, type EndpointSettings } from "./config";
import { EndpointDeployment } from "./endpointDeployment";
import { buildVariant, endpointKindHash, endpointName, VARIANT_NAME } from "./endpointKind";
import { buildDeploymentSettings, createAutoscaling } from "./instances";
import { servingStatements } from "./policies";
import { createRollbackAlarms } from "./rollbackAlarms";

export interface ModelEndpointArgs extends EndpointSettings {
  readonly target: DeploymentTarget;
  /** The approved model package to serve. */
  readonly modelPackageArn: pulumi.Input<string>;
  /** Repositories of the serving image. */
  readonly repositoryArns: pulumi.Input<pulumi.Input<string>[]>;
  /** Name of the bucket that holds the models. */
  readonly artifactBucket: pulumi.Input<string>;
  /** Name of the bucket captured requests go to. */
  readonly lakeBucket: pulumi.Input<string>;
  /** Customer key of the two buckets, if they have one. */
  readonly keyArn?: pulumi.Input<string>;
  /** Used when `inVpc` is set. */
  readonly subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Used when `inVpc` is set. */
  readonly securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
}

/** SageMaker may take so long beyond the update itself, to start and to remove instances. */
const START_AND_STOP_SECONDS = 3600;

/**
 * Serves one approved model: the model, its endpoint configuration, the deployment that
 * verifies it, alarms that undo an update, and scaling.
 *
 * Models and configurations are never deleted by Pulumi, because SageMaker needs them while it rolls
 * back; {@link EndpointDeployment} removes the old ones after a success.
 */
export class ModelEndpoint extends pulumi.ComponentResource {
  /** Plain, so that previews know it: the API, alarms and other teams refer to it. */
  public readonly endpointName: string;
  public readonly variantName: string;
  public readonly arn: pulumi.Output<string>;
  /** ARNs of the alarms that undo an update; none where SageMaker knows no such update. */
  public readonly alarmArns: readonly pulumi.Output<string>[];
  /** The deployment itself, for what must wait for a serving model. */
  public readonly deployment: EndpointDeployment;

  constructor(name: string, given: ModelEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "ModelEndpoint",
      name,
      endpointConfigSchema,
      given,
      "target",
      "modelPackageArn",
      "repositoryArns",
      "artifactBucket",
      "lakeBucket",
      "keyArn",
      "subnetIds",
      "securityGroupIds",
    );
    super("streaming-ml:endpoint:ModelEndpoint", name, {}, opts);
    this.endpointName = endpointName(pulumi.getProject(), pulumi.getStack(), args);
    this.variantName = VARIANT_NAME;
    const instances = args.mode === "instances" ? args.instances : undefined;
    const { region, accountId, partition } = args.target;
    const alarms =
      instances === undefined
        ? []
        : createRollbackAlarms(
            name,
            {
              endpointName: this.endpointName,
              variantName: this.variantName,
              maxServerErrorsPerMinute: args.deployment.maxServerErrorsPerMinute,
              maxModelLatencyMs: args.deployment.maxModelLatencyMs,
            },
            this,
          );
    this.alarmArns = alarms.map((alarm) => alarm.arn);
    const role = this.createRole(name, args, alarms);
    // A new kind of endpoint gets a model of its own, so that removing the old endpoint with all
    // that belongs to it takes nothing from the new one.
    const kind = endpointKindHash(args);
    const model = new aws.sagemaker.Model(
      `${name}-${kind}`,
      {
        executionRoleArn: role.role.arn,
        primaryContainer: { modelPackageName: args.modelPackageArn },
        ...(args.networkIsolation ? { enableNetworkIsolation: true } : {}),
        ...(args.inVpc
          ? {
              vpcConfig: {
                subnets: args.subnetIds ?? [],
                securityGroupIds: args.securityGroupIds ?? [],
              },
            }
          : {}),
      },
      { parent: this, retainOnDelete: true, dependsOn: [role.permissions] },
    );
    const configuration = new aws.sagemaker.EndpointConfiguration(
      `${name}-${kind}`,
      {
        productionVariants: [buildVariant(args, model.name)],
        ...(args.volumeKeyArn === undefined ? {} : { kmsKeyArn: args.volumeKeyArn }),
        ...(args.dataCapture === undefined
          ? {}
          : {
              dataCaptureConfig: {
                enableCapture: true,
                initialSamplingPercentage: args.dataCapture.samplingPercent,
                destinationS3Uri: pulumi.interpolate`s3://${args.lakeBucket}/${LAKE_PREFIXES.dataCapture}`,
                captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
                // Without it payloads are stored in base64.
                captureContentTypeHeader: { jsonContentTypes: ["application/json"] },
                ...(args.keyArn === undefined ? {} : { kmsKeyId: args.keyArn }),
              },
            }),
      },
      { parent: this, retainOnDelete: true },
    );
    this.deployment = new EndpointDeployment(
      name,
      {
        region,
        accountId,
        endpointName: this.endpointName,
        endpointConfigName: configuration.name,
        modelName: model.name,
        retainCapacity: instances !== undefined,
        // Deployment guardrails exist for instances only.
        ...(instances === undefined
          ? {}
          : {
              deploymentSettings: pulumi
                .all(alarms.map((alarm) => alarm.name))
                .apply((names) => buildDeploymentSettings(args.deployment, names)),
            }),
        keepPrevious: args.keepPrevious,
        drainSeconds: args.deployment.drainSeconds,
        timeoutSeconds: args.deployment.timeoutSeconds + START_AND_STOP_SECONDS,
      },
      { parent: this },
    );
    if (instances !== undefined && instances.maxCount > instances.minCount) {
      createAutoscaling(
        name,
        { ...instances, endpointName: this.endpointName, variantName: this.variantName },
        { parent: this, dependsOn: [this.deployment] },
      );
    }
    // Not the deployment's output: the permission to invoke a new endpoint must exist well before
    // requests are sent to it, because IAM is eventually consistent.
    this.arn = pulumi.interpolate`arn:${partition}:sagemaker:${region}:${accountId}:endpoint/${this.endpointName}`;
    this.registerOutputs({
      endpointName: this.endpointName,
      variantName: this.variantName,
      arn: this.arn,
    });
  }

  private createRole(
    name: string,
    args: ModelEndpointArgs,
    alarms: readonly aws.cloudwatch.MetricAlarm[],
  ): { role: aws.iam.Role; permissions: aws.iam.RolePolicy } {
    const { region, accountId, partition } = args.target;
    const role = new aws.iam.Role(
      `${name}-role`,
      { assumeRolePolicy: serviceTrust("sagemaker.amazonaws.com", accountId) },
      { parent: this },
    );
    const statements = pulumi
      .output({
        partition,
        region,
        accountId,
        artifactBucket: args.artifactBucket,
        lakeBucket: args.lakeBucket,
        keyArn: args.keyArn,
        repositoryArns: args.repositoryArns,
        dataCapture: args.dataCapture !== undefined,
        vpc: args.inVpc
          ? { subnetIds: args.subnetIds ?? [], securityGroupIds: args.securityGroupIds ?? [] }
          : undefined,
        alarmArns: alarms.map((alarm) => alarm.arn),
      })
      .apply(servingStatements);
    const permissions = new aws.iam.RolePolicy(
      `${name}-rights`,
      { role: role.name, policy: statements.apply(policyDocument) },
      { parent: this },
    );
    return { role, permissions };
  }
}
