import { ARTIFACT_PREFIXES, LAKE_PREFIXES } from "../../contracts/bucketLayout";
import type { PolicyStatement } from "../shared/iam";
import {
  imageStatements,
  networkInterfaceStatements,
  type VpcPlacement,
} from "../shared/sagemakerStatements";

const { code, evaluations, models } = ARTIFACT_PREFIXES;

/** Everything the roles' permissions depend on, as plain values. */
export interface TrainingPolicyInputs {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly lakeBucket: string;
  readonly artifactBucket: string;
  readonly modelPackageGroupName: string;
  readonly clusterId: string;
  readonly jobRoleArn: string;
  /** Keys the buckets are encrypted with, if not S3's own. */
  readonly keyArns: readonly string[];
  readonly repositoryArns: readonly string[];
  /** Absent: outside any VPC. */
  readonly vpc?: VpcPlacement;
}

/** Names SageMaker gives to the rule that reports a step's end to a pipeline (developer guide, EMR step). */
const EMR_STEP_RULE = "SageMakerPipelineExecutionEMRStepStatusUpdateRule";

/** What the pipeline itself may do: start its steps, register the model, read the evaluation. */
export function pipelineStatements(inputs: TrainingPolicyInputs): PolicyStatement[] {
  const { partition, region, accountId } = inputs;
  const sagemaker = `arn:${partition}:sagemaker:${region}:${accountId}`;
  // SageMaker names the jobs of a pipeline pipelines-<execution id>-<step>-<suffix>.
  const jobs = [`${sagemaker}:training-job/pipelines-*`, `${sagemaker}:processing-job/pipelines-*`];
  return [
    {
      Sid: "RunJobs",
      Action: [
        "sagemaker:AddTags",
        "sagemaker:CreateProcessingJob",
        "sagemaker:CreateTrainingJob",
        "sagemaker:DescribeProcessingJob",
        "sagemaker:DescribeTrainingJob",
        "sagemaker:StopProcessingJob",
        "sagemaker:StopTrainingJob",
      ],
      Resource: jobs,
    },
    {
      Sid: "PassJobRole",
      Action: "iam:PassRole",
      Resource: inputs.jobRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    },
    {
      Sid: "RegisterModel",
      Action: [
        "sagemaker:AddTags",
        "sagemaker:CreateModelPackage",
        "sagemaker:DescribeModelPackage",
        "sagemaker:DescribeModelPackageGroup",
      ],
      Resource: registryArns(inputs),
    },
    {
      Sid: "BuildTrainingSet",
      Action: [
        "elasticmapreduce:AddJobFlowSteps",
        "elasticmapreduce:CancelSteps",
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:DescribeStep",
      ],
      Resource: `arn:${partition}:elasticmapreduce:${region}:${accountId}:cluster/${inputs.clusterId}`,
    },
    {
      Sid: "HearOfTheStepsEnd",
      Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      Resource: `arn:${partition}:events:${region}:${accountId}:rule/${EMR_STEP_RULE}`,
    },
    {
      Sid: "ReadEvaluationAndModel",
      Action: "s3:GetObject",
      Resource: objects(inputs, inputs.artifactBucket, evaluations, models),
    },
    ...keyStatement(inputs, "kms:Decrypt"),
  ];
}

/** What the training and the evaluation may do: read their data and code, write their results. */
export function jobStatements(inputs: TrainingPolicyInputs): PolicyStatement[] {
  const { partition, region, accountId } = inputs;
  const logGroups = `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/sagemaker`;
  return [
    {
      Sid: "ReadTrainingSets",
      Action: "s3:GetObject",
      Resource: objects(inputs, inputs.lakeBucket, LAKE_PREFIXES.trainingSets),
    },
    {
      Sid: "ReadCodeAndModels",
      Action: "s3:GetObject",
      Resource: objects(inputs, inputs.artifactBucket, code, models, evaluations),
    },
    {
      Sid: "WriteModelsAndEvaluations",
      Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
      Resource: objects(inputs, inputs.artifactBucket, models, evaluations),
    },
    listStatement("ListTrainingSets", inputs, inputs.lakeBucket, LAKE_PREFIXES.trainingSets),
    listStatement("ListArtifacts", inputs, inputs.artifactBucket, code, models, evaluations),
    {
      Sid: "LookUpApprovedModel",
      Action: "sagemaker:DescribeModelPackage",
      Resource: registryArns(inputs),
    },
    // ListModelPackages supports no resource-level permissions.
    { Sid: "ListModelPackages", Action: "sagemaker:ListModelPackages", Resource: "*" },
    {
      Sid: "WriteLogs",
      Action: [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
      ],
      Resource: ["TrainingJobs", "ProcessingJobs"].map((kind) => `${logGroups}/${kind}:*`),
    },
    {
      Sid: "PutMetrics",
      Action: "cloudwatch:PutMetricData",
      // PutMetricData supports no resource-level permissions; the namespace is the only restriction.
      Resource: "*",
      Condition: {
        StringEquals: {
          "cloudwatch:namespace": ["/aws/sagemaker/TrainingJobs", "/aws/sagemaker/ProcessingJobs"],
        },
      },
    },
    ...imageStatements(inputs.repositoryArns),
    // SageMaker asks for kms:Encrypt before it writes a model under a key (API reference, OutputDataConfig).
    ...keyStatement(inputs, "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"),
    ...(inputs.vpc === undefined ? [] : networkInterfaceStatements(inputs, inputs.vpc)),
  ];
}

function registryArns(inputs: TrainingPolicyInputs): string[] {
  const root = `arn:${inputs.partition}:sagemaker:${inputs.region}:${inputs.accountId}`;
  const group = inputs.modelPackageGroupName;
  return [`${root}:model-package-group/${group}`, `${root}:model-package/${group}/*`];
}

function objects(
  inputs: TrainingPolicyInputs,
  bucket: string,
  ...prefixes: readonly string[]
): string[] {
  return prefixes.map((prefix) => `arn:${inputs.partition}:s3:::${bucket}/${prefix}/*`);
}

function listStatement(
  sid: string,
  inputs: TrainingPolicyInputs,
  bucket: string,
  ...prefixes: readonly string[]
): PolicyStatement {
  return {
    Sid: sid,
    Action: "s3:ListBucket",
    Resource: `arn:${inputs.partition}:s3:::${bucket}`,
    Condition: { StringLike: { "s3:prefix": prefixes.map((prefix) => `${prefix}/*`) } },
  };
}

function keyStatement(inputs: TrainingPolicyInputs, ...actions: string[]): PolicyStatement[] {
  return inputs.keyArns.length === 0
    ? []
    : [{ Sid: "UseKeys", Action: actions, Resource: [...inputs.keyArns] }];
}
