import { LAKE_PREFIXES } from "../../contracts/bucketLayout";
import { executionId, join } from "./expressions";
import { evaluateStep, trainStep } from "./jobSteps";
import type { PipelineDefinitionInputs } from "./pipelineInputs";
import { type EmrStep, type PipelineStep, STEP } from "./pipelineSteps";
import { qualityGateStep } from "./qualityGate";

/** A pipeline definition as SageMaker stores it, JSON schema version 2020-12-01. */
export interface PipelineDefinition {
  readonly Version: "2020-12-01";
  readonly Metadata: Record<string, never>;
  readonly Parameters: readonly PipelineParameter[];
  readonly Steps: readonly PipelineStep[];
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

function trainingSetStep(inputs: PipelineDefinitionInputs): EmrStep {
  return {
    Name: STEP.buildTrainingSet,
    Type: "EMR",
    Arguments: {
      ClusterId: inputs.clusterId,
      StepConfig: {
        HadoopJarStep: {
          Jar: "command-runner.jar",
          Args: [
            ...inputs.trainingSetCommand,
            "--output-uri",
            join("/", `s3a://${inputs.lakeBucket}/${LAKE_PREFIXES.trainingSets}`, executionId),
            "--training-set-id",
            executionId,
          ],
        },
      },
    },
  };
}
