import type {
  Channel,
  ProcessingInput,
  ProcessingInstanceType,
  TrainingInstanceType,
  VpcConfig,
} from "@aws-sdk/client-sagemaker";
import { basename } from "node:path/posix";

import { ARTIFACT_PREFIXES, LAKE_PREFIXES } from "../../contracts/bucketLayout";
import { executionId, type Expression, get, join, type Templated } from "./expressions";
import type { PipelineDefinitionInputs, VpcSettings } from "./pipelineInputs";
import {
  EVALUATION_FILE,
  MODEL_ARTIFACTS,
  type ProcessingStep,
  type RetryPolicy,
  STEP,
  type TrainingArguments,
  type TrainingStep,
} from "./pipelineSteps";

/** Retries service faults soon, and capacity errors slowly for hours. */
const RETRY_POLICIES: readonly RetryPolicy[] = [
  {
    ExceptionType: ["Step.SERVICE_FAULT", "Step.THROTTLING"],
    IntervalSeconds: 30,
    BackoffRate: 2,
    MaxAttempts: 3,
  },
  {
    ExceptionType: ["SageMaker.CAPACITY_ERROR", "SageMaker.JOB_INTERNAL_ERROR"],
    IntervalSeconds: 120,
    BackoffRate: 2,
    ExpireAfterMin: 120,
  },
];

const PROCESSING_DIRECTORY = "/opt/ml/processing";

/** Script mode: the toolkit in AWS's image unpacks the code and runs train.py. */
export function trainStep(inputs: PipelineDefinitionInputs): TrainingStep {
  return {
    Name: STEP.train,
    Type: "Training",
    DependsOn: [STEP.buildTrainingSet],
    RetryPolicies: RETRY_POLICIES,
    Arguments: {
      AlgorithmSpecification: {
        TrainingImage: inputs.trainingImage,
        TrainingInputMode: "File",
        MetricDefinitions: [{ Name: "validation:score", Regex: "validation_score=([0-9.e+-]+)" }],
      },
      RoleArn: inputs.jobRoleArn,
      HyperParameters: {
        // The toolkit JSON-decodes each value, hence the quotes inside the strings.
        sagemaker_program: JSON.stringify("train.py"),
        sagemaker_submit_directory: JSON.stringify(inputs.trainingCodeUri),
        sagemaker_region: JSON.stringify(inputs.region),
        sagemaker_container_log_level: "20",
        workload: JSON.stringify(inputs.workload.name),
        epochs: get("Parameters.Epochs"),
      },
      InputDataConfig: [
        ...(["train", "validation"] as const).map((name) =>
          channel(name, "application/jsonlines", split(inputs, name)),
        ),
        channel("manifest", "application/json", manifest(inputs)),
      ],
      OutputDataConfig: {
        S3OutputPath: join(
          "/",
          `s3://${inputs.artifactBucket}/${ARTIFACT_PREFIXES.models}`,
          executionId,
        ),
        ...outputKey(inputs),
      },
      ResourceConfig: {
        InstanceCount: inputs.instanceCount,
        // The SDK lists the types it knew when it was made; a stack may name a newer one.
        InstanceType: inputs.instanceType as TrainingInstanceType,
        VolumeSizeInGB: inputs.volumeSizeGb,
      },
      ...stoppingAndSpot(inputs),
      ...(inputs.instanceCount > 1 ? { EnableInterContainerTrafficEncryption: true } : {}),
      ...(inputs.vpc === undefined ? {} : { VpcConfig: vpcConfig(inputs.vpc) }),
    },
  };
}

/** Measures the candidate and the approved model on the same test split. */
export function evaluateStep(inputs: PipelineDefinitionInputs): ProcessingStep {
  return {
    Name: STEP.evaluate,
    Type: "Processing",
    RetryPolicies: RETRY_POLICIES,
    PropertyFiles: [
      {
        PropertyFileName: EVALUATION_FILE,
        OutputName: "evaluation",
        FilePath: "evaluation.json",
      },
    ],
    Arguments: {
      AppSpecification: {
        ImageUri: inputs.trainingImage,
        ContainerEntrypoint: [
          "python3",
          `${PROCESSING_DIRECTORY}/input/code/${basename(inputs.evaluationCodeUri)}`,
        ],
        ContainerArguments: [
          ...["--workload", inputs.workload.name],
          ...["--gate-metric", inputs.workload.gate.metric],
          ...["--model-package-group", inputs.modelPackageGroupName],
          "--compare-with",
          get("Parameters.CompareWith"),
        ],
      },
      // boto3 inside a processing container finds no region by itself.
      Environment: { AWS_REGION: inputs.region, AWS_DEFAULT_REGION: inputs.region },
      RoleArn: inputs.jobRoleArn,
      ProcessingResources: {
        ClusterConfig: {
          InstanceCount: 1,
          InstanceType: inputs.evaluationInstanceType as ProcessingInstanceType,
          VolumeSizeInGB: inputs.volumeSizeGb,
        },
      },
      ProcessingInputs: [
        processingInput("model", MODEL_ARTIFACTS, "model"),
        processingInput("test", split(inputs, "test"), "test"),
        processingInput("manifest", manifest(inputs), "manifest"),
        processingInput("code", inputs.evaluationCodeUri, "input/code"),
      ],
      ProcessingOutputConfig: {
        ...outputKey(inputs),
        Outputs: [
          {
            OutputName: "evaluation",
            AppManaged: false,
            S3Output: {
              S3Uri: join(
                "/",
                `s3://${inputs.artifactBucket}/${ARTIFACT_PREFIXES.evaluations}`,
                executionId,
              ),
              LocalPath: `${PROCESSING_DIRECTORY}/evaluation`,
              S3UploadMode: "EndOfJob",
            },
          },
        ],
      },
      StoppingCondition: { MaxRuntimeInSeconds: inputs.maxRuntimeMinutes * 60 },
      ...(inputs.vpc === undefined
        ? {}
        : { NetworkConfig: { EnableNetworkIsolation: false, VpcConfig: vpcConfig(inputs.vpc) } }),
    },
  };
}

function stoppingAndSpot(
  inputs: PipelineDefinitionInputs,
): Pick<TrainingArguments, "StoppingCondition" | "EnableManagedSpotTraining" | "CheckpointConfig"> {
  const maxRuntime = { MaxRuntimeInSeconds: inputs.maxRuntimeMinutes * 60 };
  if (inputs.spotMaxWaitMinutes === undefined) {
    return { StoppingCondition: maxRuntime };
  }
  return {
    StoppingCondition: { ...maxRuntime, MaxWaitTimeInSeconds: inputs.spotMaxWaitMinutes * 60 },
    EnableManagedSpotTraining: true,
    CheckpointConfig: {
      S3Uri: join(
        "/",
        `s3://${inputs.artifactBucket}/${ARTIFACT_PREFIXES.models}`,
        executionId,
        "checkpoints",
      ),
      LocalPath: "/opt/ml/checkpoints",
    },
  };
}

/** The trailing slash keeps the prefix from matching a sibling whose name begins the same. */
function split(
  inputs: PipelineDefinitionInputs,
  name: "train" | "validation" | "test",
): Expression {
  return join(
    "/",
    `s3://${inputs.lakeBucket}/${LAKE_PREFIXES.trainingSets}`,
    executionId,
    `${name}/`,
  );
}

/** What the training set holds. A prefix that is an object's whole key is that object. */
function manifest(inputs: PipelineDefinitionInputs): Expression {
  return join(
    "/",
    `s3://${inputs.lakeBucket}/${LAKE_PREFIXES.trainingSets}`,
    executionId,
    "manifest.json",
  );
}

function channel(name: string, contentType: string, uri: Expression): Templated<Channel> {
  return {
    ChannelName: name,
    ContentType: contentType,
    // The .gz files reach the script as they are: it reads gzip itself.
    CompressionType: "None",
    DataSource: {
      S3DataSource: {
        S3DataType: "S3Prefix",
        S3Uri: uri,
        S3DataDistributionType: "FullyReplicated",
      },
    },
  };
}

function processingInput(
  name: string,
  uri: string | Expression,
  directory: string,
): Templated<ProcessingInput> {
  return {
    InputName: name,
    AppManaged: false,
    S3Input: {
      S3Uri: uri,
      LocalPath: `${PROCESSING_DIRECTORY}/${directory}`,
      S3DataType: "S3Prefix",
      S3InputMode: "File",
      S3DataDistributionType: "FullyReplicated",
      S3CompressionType: "None",
    },
  };
}

function outputKey({ outputKeyArn }: PipelineDefinitionInputs): { readonly KmsKeyId?: string } {
  return outputKeyArn === undefined ? {} : { KmsKeyId: outputKeyArn };
}

function vpcConfig(vpc: VpcSettings): Templated<VpcConfig> {
  return { Subnets: vpc.subnetIds, SecurityGroupIds: vpc.securityGroupIds };
}
