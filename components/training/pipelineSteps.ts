import type { StepConfig } from "@aws-sdk/client-emr";
import type {
  CreateModelPackageInput,
  CreateProcessingJobRequest,
  CreateTrainingJobRequest,
} from "@aws-sdk/client-sagemaker";

import { type Expression, get, type Templated, type Value } from "./expressions";

/** What each step calls itself, and others refer to it by. */
export const STEP = {
  buildTrainingSet: "BuildTrainingSet",
  train: "Train",
  evaluate: "Evaluate",
  qualityGate: "QualityGate",
  registerModel: "RegisterModel",
  refuseModel: "RefuseModel",
} as const;

/** Name of the file that holds the evaluation's figures. */
export const EVALUATION_FILE = "EvaluationReport";

/** `s3://` URI of the trained model. */
export const MODEL_ARTIFACTS = get(`Steps.${STEP.train}.ModelArtifacts.S3ModelArtifacts`);

/** A value of `evaluation.json`, for example `gate.value`. */
export function evaluated(path: string): Expression {
  return {
    "Std:JsonGet": {
      PropertyFile: get(`Steps.${STEP.evaluate}.PropertyFiles.${EVALUATION_FILE}`),
      Path: path,
    },
  };
}

/**
 * A step as SageMaker stores it. `Arguments` is the request of the API it calls without the job's name, which the
 * execution gives: "SageMaker Pipelines definition JSON schema", version 2020-12-01.
 */
interface Step<Type extends string, Arguments> {
  readonly Name: (typeof STEP)[keyof typeof STEP];
  readonly Type: Type;
  readonly DependsOn?: readonly string[];
  readonly RetryPolicies?: readonly RetryPolicy[];
  readonly Arguments: Arguments;
}

/** When SageMaker tries a step again. */
export interface RetryPolicy {
  readonly ExceptionType: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  /** One of the two limits. */
  readonly MaxAttempts?: number;
  readonly ExpireAfterMin?: number;
}

/** One step of AddJobFlowSteps. */
export type EmrStep = Step<
  "EMR",
  Templated<{
    readonly ClusterId: string;
    readonly StepConfig: Omit<StepConfig, "Name">;
  }>
>;

export type TrainingArguments = Templated<Omit<CreateTrainingJobRequest, "TrainingJobName">>;
export type TrainingStep = Step<"Training", TrainingArguments>;

export type ProcessingArguments = Templated<Omit<CreateProcessingJobRequest, "ProcessingJobName">>;
export interface ProcessingStep extends Step<"Processing", ProcessingArguments> {
  /** Files of its outputs that expressions read. */
  readonly PropertyFiles: readonly {
    readonly PropertyFileName: string;
    readonly OutputName: string;
    readonly FilePath: string;
  }[];
}

export type RegisterArguments = Templated<CreateModelPackageInput>;
export type RegisterStep = Step<"RegisterModel", RegisterArguments>;

export type FailStep = Step<"Fail", { readonly ErrorMessage: Expression }>;

export type Condition =
  | {
      readonly Type: "GreaterThanOrEqualTo";
      readonly LeftValue: Value;
      readonly RightValue: Value;
    }
  | { readonly Type: "In"; readonly QueryValue: Value; readonly Values: readonly Value[] };

export type ConditionStep = Step<
  "Condition",
  {
    /** All must hold. */
    readonly Conditions: readonly Condition[];
    readonly IfSteps: readonly PipelineStep[];
    readonly ElseSteps: readonly PipelineStep[];
  }
>;

export type PipelineStep =
  EmrStep | TrainingStep | ProcessingStep | RegisterStep | FailStep | ConditionStep;
