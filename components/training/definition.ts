import { executionId, join } from "./expressions";
import { evaluateStep, trainStep, type VpcSettings } from "./jobSteps";
import { qualityGateStep } from "./qualityGate";
import type { TrainingWorkload } from "./workload";

/** Everything the pipeline definition depends on, as plain values. */
export interface PipelineDefinitionInputs {
  readonly region: string;
  /** EMR cluster the training set is built on. It needs a step concurrency of 2 or more. */
  readonly clusterId: string;
  /** `spark-submit ... training_set_job.py --events-uri URI`; the output's place is added here. */
  readonly trainingSetCommand: readonly string[];
  /** Name of the bucket the training sets are written to. */
  readonly lakeBucket: string;
  /** Name of the bucket of code, models and evaluations. */
  readonly artifactBucket: string;
  /** `s3://` URI of the training code, a sourcedir.tar.gz with train.py at its root. */
  readonly trainingCodeUri: string;
  /** `s3://` URI of the evaluation's code, a zip that Python runs. */
  readonly evaluationCodeUri: string;
  /** `s3://` URI of the schema of what the model takes and answers. */
  readonly predictionSchemaUri: string;
  readonly workload: TrainingWorkload;
  /** Role the training and processing jobs run as. */
  readonly jobRoleArn: string;
  readonly modelPackageGroupName: string;
  readonly trainingImage: string;
  readonly inferenceImage: string;
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly evaluationInstanceType: string;
  readonly volumeSizeGb: number;
  readonly maxRuntimeMinutes: number;
  /** Present: spot capacity, waiting included, for at most so many minutes. */
  readonly spotMaxWaitMinutes?: number;
  /** Instead of the workload's. */
  readonly epochs?: number;
  /** Instead of the workload's. */
  readonly minMetric?: number;
  readonly tolerance: number;
  readonly approval: "automatic" | "manual";
  readonly vpc?: VpcSettings;
  /** Customer key of the artifact bucket: what SageMaker writes there must name it. */
  readonly outputKeyArn?: string;
}

/** A pipeline definition as SageMaker stores it, JSON schema version 2020-12-01. */
export interface PipelineDefinition {
  readonly Version: "2020-12-01";
  readonly Metadata: Record<string, never>;
  readonly Parameters: readonly PipelineParameter[];
  readonly Steps: readonly object[];
}

export interface PipelineParameter {
  readonly Name: string;
  readonly Type: "String" | "Integer" | "Float" | "Boolean";
  readonly DefaultValue: string | number | boolean;
  readonly EnumValues?: readonly string[];
}

/**
 * The training pipeline: build an immutable training set on the cluster, train, evaluate the
 * candidate and the approved model on the same split, register the candidate if it is good enough.
 *
 * Each step's `Arguments` is the request of the API it calls (AddJobFlowSteps for one step,
 * CreateTrainingJob, CreateProcessingJob, CreateModelPackage) without the job's name: "SageMaker
 * Pipelines definition JSON schema", version 2020-12-01.
 */
export function buildPipelineDefinition(inputs: PipelineDefinitionInputs): PipelineDefinition {
  return {
    Version: "2020-12-01",
    Metadata: {},
    Parameters: pipelineParameters(inputs),
    Steps: [
      trainingSetStep(inputs),
      trainStep(inputs),
      evaluateStep(inputs),
      qualityGateStep(inputs),
    ],
  };
}

function pipelineParameters(inputs: PipelineDefinitionInputs): PipelineParameter[] {
  const { workload, epochs = workload.epochs, minMetric = workload.gate.minimum } = inputs;
  return [
    {
      Name: "ApprovalStatus",
      Type: "String",
      DefaultValue: inputs.approval === "automatic" ? "Approved" : "PendingManualApproval",
      EnumValues: ["Approved", "PendingManualApproval"],
    },
    { Name: "MinMetric", Type: "Float", DefaultValue: minMetric },
    // The comparison asks for margin >= -tolerance; a parameter cannot be negated in an expression.
    { Name: "MinMargin", Type: "Float", DefaultValue: 0 - inputs.tolerance },
    // Hyperparameters are strings in CreateTrainingJob, so this must not be an Integer.
    { Name: "Epochs", Type: "String", DefaultValue: String(epochs) },
    {
      Name: "CompareWith",
      Type: "String",
      DefaultValue: "approved",
      EnumValues: ["approved", "none"],
    },
  ];
}

function trainingSetStep(inputs: PipelineDefinitionInputs): object {
  return {
    Name: "BuildTrainingSet",
    Type: "EMR",
    Arguments: {
      ClusterId: inputs.clusterId,
      StepConfig: {
        HadoopJarStep: {
          Jar: "command-runner.jar",
          Args: [
            ...inputs.trainingSetCommand,
            "--output-uri",
            join("/", `s3a://${inputs.lakeBucket}/training-sets`, executionId),
            "--training-set-id",
            executionId,
          ],
        },
      },
    },
  };
}
