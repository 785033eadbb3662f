import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, serviceTrust } from "../shared/iam";
import { type Complete, completeArgs } from "../shared/settings";
import { stackName } from "../shared/stackName";
import type { DeploymentTarget } from "../shared/target";
import { type TrainingConfig, trainingConfigSchema, type TrainingSettings } from "./config";
import { buildPipelineDefinition } from "./definition";
import { inferenceImage, repositoryArn, trainingImage } from "./frameworkImages";
import { jobStatements, pipelineStatements } from "./policies";
import { createRetrainingSchedule } from "./schedule";
import { uploadTrainingObjects } from "./trainingCode";
import { TrainingRemains } from "./trainingRemains";
import type { TrainingWorkload } from "./workload";

export interface TrainingPipelineArgs extends TrainingSettings {
  readonly target: DeploymentTarget;
  /** Whose model is trained. */
  readonly workload: TrainingWorkload;
  /** Delete the registered models with the stack; otherwise it keeps them, and with them their group. */
  readonly deleteModels: boolean;
  /** Cluster that builds the training set. */
  readonly clusterId: pulumi.Input<string>;
  /** `spark-submit ... s3a://.../training_set_job.py --events-uri URI`. */
  readonly trainingSetCommand: pulumi.Input<pulumi.Input<string>[]>;
  /** Name of the bucket of events and training sets. */
  readonly lakeBucket: pulumi.Input<string>;
  /** Name of the bucket of code, models and evaluations. */
  readonly artifactBucket: pulumi.Input<string>;
  /** Customer key of the two buckets, if they have one. */
  readonly keyArn?: pulumi.Input<string>;
  /** Used when `inVpc` is set. */
  readonly subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Used when `inVpc` is set. */
  readonly securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Trains, evaluates and registers models: a SageMaker pipeline, the group its packages go to, and the
 * roles it runs with. Nothing here deploys a model.
 */
export class TrainingPipeline extends pulumi.ComponentResource {
  public readonly pipelineName: pulumi.Output<string>;
  public readonly pipelineArn: pulumi.Output<string>;
  public readonly modelPackageGroupName: pulumi.Output<string>;
  /** Repositories of the images in use, for the role that serves the model. */
  public readonly repositoryArns: pulumi.Output<string[]>;
  /** Queue of scheduled starts that failed for good; undefined without a schedule. */
  public readonly deadLetterQueueName?: pulumi.Output<string>;
  /** The pipeline itself, for what this component does not offer. */
  public readonly pipeline: aws.sagemaker.Pipeline;

  constructor(name: string, given: TrainingPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "TrainingPipeline",
      name,
      trainingConfigSchema,
      given,
      "target",
      "workload",
      "deleteModels",
      "clusterId",
      "trainingSetCommand",
      "lakeBucket",
      "artifactBucket",
      "keyArn",
      "subnetIds",
      "securityGroupIds",
    );
    super("streaming-ml:training:TrainingPipeline", name, {}, opts);
    const { region, accountId, partition } = args.target;
    const pipelineName = stackName(pulumi.getProject(), pulumi.getStack());
    const modelPackageGroupName = args.modelPackageGroupName ?? pipelineName;
    const images = partition.apply((known) => chooseImages(args, known));
    this.repositoryArns = images.apply(({ repositoryArns }) => repositoryArns);
    const group = new aws.sagemaker.ModelPackageGroup(
      `${name}-models`,
      {
        modelPackageGroupName,
        modelPackageGroupDescription: `${args.workload.title}: candidates, approved and rejected models`,
      },
      { parent: this },
    );
    const uploaded = uploadTrainingObjects(name, args.artifactBucket, args.workload, this);
    const pipelineRole = this.createRole(`${name}-pipeline`, accountId);
    const jobRole = this.createRole(`${name}-job`, accountId);
    const vpc = args.inVpc
      ? { subnetIds: args.subnetIds ?? [], securityGroupIds: args.securityGroupIds ?? [] }
      : undefined;
    const policyInputs = pulumi.output({
      partition,
      region,
      accountId,
      lakeBucket: args.lakeBucket,
      artifactBucket: args.artifactBucket,
      modelPackageGroupName,
      clusterId: args.clusterId,
      jobRoleArn: jobRole.arn,
      keyArns: args.keyArn === undefined ? [] : [args.keyArn],
      repositoryArns: this.repositoryArns,
      vpc,
    });
    const permissions = [
      this.grant(`${name}-pipeline`, pipelineRole, policyInputs.apply(pipelineStatements)),
      this.grant(`${name}-job`, jobRole, policyInputs.apply(jobStatements)),
    ];
    const definition = pulumi
      .output({
        ...args,
        target: undefined,
        modelPackageGroupName,
        region,
        jobRoleArn: jobRole.arn,
        trainingCodeUri: uploaded.trainingCodeUri,
        evaluationCodeUri: uploaded.evaluationCodeUri,
        predictionSchemaUri: uploaded.predictionSchemaUri,
        trainingImage: images.apply(({ training }) => training),
        inferenceImage: images.apply(({ inference }) => inference),
        outputKeyArn: args.keyArn,
        spotMaxWaitMinutes: args.spot ? args.spotMaxWaitMinutes : undefined,
        vpc,
      })
      .apply((inputs) => JSON.stringify(buildPipelineDefinition(inputs)));
    this.pipeline = new aws.sagemaker.Pipeline(
      name,
      {
        pipelineName,
        pipelineDisplayName: pipelineName,
        pipelineDescription: "Builds a training set, trains, evaluates and registers a model",
        roleArn: pipelineRole.arn,
        pipelineDefinition: definition,
      },
      { parent: this, dependsOn: [group, ...permissions, ...uploaded.objects] },
    );
    new TrainingRemains(
      `${name}-remains`,
      {
        region,
        accountId,
        pipelineName,
        modelPackageGroupName,
        deleteModels: args.deleteModels,
      },
      { parent: this, dependsOn: [this.pipeline, group] },
    );
    if (args.schedule !== undefined) {
      this.deadLetterQueueName = createRetrainingSchedule(
        name,
        { accountId, pipelineArn: this.pipeline.arn, ...args.schedule },
        this,
      ).name;
    }
    this.pipelineName = this.pipeline.pipelineName;
    this.pipelineArn = this.pipeline.arn;
    this.modelPackageGroupName = group.modelPackageGroupName;
    this.registerOutputs({
      pipelineName: this.pipelineName,
      pipelineArn: this.pipelineArn,
      modelPackageGroupName: this.modelPackageGroupName,
    });
  }

  private createRole(name: string, accountId: pulumi.Input<string>): aws.iam.Role {
    return new aws.iam.Role(
      `${name}-role`,
      { assumeRolePolicy: serviceTrust("sagemaker.amazonaws.com", accountId) },
      { parent: this },
    );
  }

  private grant(
    name: string,
    role: aws.iam.Role,
    statements: pulumi.Output<ReturnType<typeof pipelineStatements>>,
  ): aws.iam.RolePolicy {
    return new aws.iam.RolePolicy(
      `${name}-rights`,
      { role: role.name, policy: statements.apply(policyDocument) },
      { parent: this },
    );
  }
}

function chooseImages(
  args: Complete<TrainingPipelineArgs, TrainingConfig>,
  partition: string,
): { training: string; inference: string; repositoryArns: string[] } {
  const { region } = args.target;
  const training =
    args.trainingImage ?? trainingImage(region, args.frameworkVersion, args.instanceType);
  const inference = args.inferenceImage ?? inferenceImage(region, args.inferenceVersion);
  const repositoryArns = [training, inference]
    .map((image) => repositoryArn(image, partition))
    .filter((arn) => arn !== undefined);
  return { training, inference, repositoryArns: [...new Set(repositoryArns)] };
}
