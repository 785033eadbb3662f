import { LAKE_PREFIXES } from "../../contracts/bucketLayout";
import { executionId, type Expression, get, join } from "./expressions";
import type { PipelineDefinitionInputs } from "./pipelineInputs";
import {
  type ConditionStep,
  evaluated,
  type FailStep,
  MODEL_ARTIFACTS,
  type RegisterStep,
  STEP,
} from "./pipelineSteps";

const gateValue = evaluated("gate.value");
const margin = evaluated("gate.margin");
const approvedPackage = evaluated("approved.model_package");
const approvedState = evaluated("approved.state");
const minMetric = get("Parameters.MinMetric");
const minMargin = get("Parameters.MinMargin");

/**
 * Register the candidate if it is good enough and not worse than the approved model, else fail. An approved model
 * that could not be measured is no reason to register: it may be the better one.
 */
export function qualityGateStep(inputs: PipelineDefinitionInputs): ConditionStep {
  return {
    Name: STEP.qualityGate,
    Type: "Condition",
    Arguments: {
      Conditions: [
        { Type: "GreaterThanOrEqualTo", LeftValue: gateValue, RightValue: minMetric },
        { Type: "GreaterThanOrEqualTo", LeftValue: margin, RightValue: minMargin },
        { Type: "In", QueryValue: approvedState, Values: ["none", "measured"] },
      ],
      IfSteps: [registerStep(inputs)],
      ElseSteps: [refuseStep(inputs)],
    },
  };
}

function registerStep(inputs: PipelineDefinitionInputs): RegisterStep {
  return {
    Name: STEP.registerModel,
    Type: "RegisterModel",
    Arguments: {
      ModelPackageGroupName: inputs.modelPackageGroupName,
      ModelPackageDescription: inputs.workload.title,
      ModelApprovalStatus: get("Parameters.ApprovalStatus"),
      ModelMetrics: {
        ModelQuality: {
          Statistics: {
            ContentType: "application/json",
            S3Uri: join(
              "/",
              get(
                `Steps.${STEP.evaluate}.ProcessingOutputConfig.Outputs['evaluation'].S3Output.S3Uri`,
              ),
              "evaluation.json",
            ),
          },
        },
      },
      CustomerMetadataProperties: packageMetadata(inputs),
      InferenceSpecification: {
        Containers: [
          {
            Image: inputs.inferenceImage,
            ModelDataUrl: MODEL_ARTIFACTS,
            Environment: batching(inputs),
          },
        ],
        SupportedContentTypes: ["application/json"],
        SupportedResponseMIMETypes: ["application/json"],
      },
    },
  };
}

/** What a package says of itself. Values are strings; a join of one value turns a figure into one. */
function packageMetadata(
  inputs: PipelineDefinitionInputs,
): Readonly<Record<string, string | Expression>> {
  const { workload } = inputs;
  return {
    workload: workload.name,
    contract: workload.event.sha256,
    predictionSchema: inputs.predictionSchemaUri,
    ...Object.fromEntries(
      workload.metrics.map((name) => [
        `metric:${name}`,
        join("", evaluated(`metrics.${name}.value`)),
      ]),
    ),
    margin: join("", margin),
    comparedWith: join("", approvedPackage),
    trainingSet: join("/", `s3://${inputs.lakeBucket}/${LAKE_PREFIXES.trainingSets}`, executionId),
    pipelineExecution: get("Execution.PipelineExecutionArn"),
  };
}

/**
 * Whether TensorFlow Serving may answer several requests at once. It fails all of them when their arrays differ in
 * length (batching_session.cc, `pad_variable_length_inputs`), so a model that takes such arrays goes without.
 */
function batching({ workload }: PipelineDefinitionInputs): Readonly<Record<string, string>> {
  return workload.prediction.variableArrays
    ? { SAGEMAKER_TFS_ENABLE_BATCHING: "false" }
    : {
        SAGEMAKER_TFS_ENABLE_BATCHING: "true",
        // The API's largest request is one batch.
        SAGEMAKER_TFS_MAX_BATCH_SIZE: "64",
        SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS: "1000",
      };
}

function refuseStep({ workload }: PipelineDefinitionInputs): FailStep {
  return {
    Name: STEP.refuseModel,
    Type: "Fail",
    Arguments: {
      ErrorMessage: join(
        "",
        `The candidate is not registered. Its ${workload.gate.metric} is `,
        gateValue,
        ", at least ",
        minMetric,
        " is asked for; its margin over the approved model (",
        approvedPackage,
        ") is ",
        margin,
        ", at least ",
        minMargin,
        " is asked for. ",
        evaluated("approved.problem"),
      ),
    },
  };
}
