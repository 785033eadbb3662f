import type { PipelineDefinitionInputs } from "./definition";
import { EVALUATE_STEP, evaluated, executionId, get, join } from "./expressions";

const candidateMacroF1 = evaluated("metrics.macro_f1.value");
const margin = evaluated("comparison.margin.value");
const minMacroF1 = get("Parameters.MinMacroF1");
const minMargin = get("Parameters.MinMargin");

/** Register the candidate if it is good enough and not worse than the approved model, else fail. */
export function qualityGateStep(inputs: PipelineDefinitionInputs): object {
  return {
    Name: "QualityGate",
    Type: "Condition",
    Arguments: {
      Conditions: [
        { Type: "GreaterThanOrEqualTo", LeftValue: candidateMacroF1, RightValue: minMacroF1 },
        { Type: "GreaterThanOrEqualTo", LeftValue: margin, RightValue: minMargin },
      ],
      IfSteps: [registerStep(inputs)],
      ElseSteps: [refuseStep()],
    },
  };
}

function registerStep(inputs: PipelineDefinitionInputs): object {
  return {
    Name: "RegisterModel",
    Type: "RegisterModel",
    Arguments: {
      ModelPackageGroupName: inputs.modelPackageGroupName,
      ModelPackageDescription: "Sentiment of social posts: negative, neutral or positive",
      ModelApprovalStatus: get("Parameters.ApprovalStatus"),
      ModelMetrics: {
        ModelQuality: {
          Statistics: {
            ContentType: "application/json",
            S3Uri: join(
              "/",
              get(
                `Steps.${EVALUATE_STEP}.ProcessingOutputConfig.Outputs['evaluation'].S3Output.S3Uri`,
              ),
              "evaluation.json",
            ),
          },
        },
      },
      // Metadata values are strings; a join of one value turns a figure into one.
      CustomerMetadataProperties: {
        macroF1: join("", candidateMacroF1),
        accuracy: join("", evaluated("metrics.accuracy.value")),
        margin: join("", margin),
        comparedWith: join("", evaluated("approved.model_package")),
        trainingSet: join("/", `s3://${inputs.lakeBucket}/training-sets`, executionId),
        pipelineExecution: get("Execution.PipelineExecutionArn"),
      },
      InferenceSpecification: {
        Containers: [
          {
            Image: inputs.inferenceImage,
            ModelDataUrl: get("Steps.Train.ModelArtifacts.S3ModelArtifacts"),
            Environment: {
              SAGEMAKER_TFS_ENABLE_BATCHING: "true",
              // The API's largest request is one batch.
              SAGEMAKER_TFS_MAX_BATCH_SIZE: "64",
              SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS: "1000",
            },
          },
        ],
        SupportedContentTypes: ["application/json"],
        SupportedResponseMIMETypes: ["application/json"],
      },
    },
  };
}

function refuseStep(): object {
  return {
    Name: "RefuseModel",
    Type: "Fail",
    Arguments: {
      ErrorMessage: join(
        "",
        "The candidate is not registered. Its macro-F1 is ",
        candidateMacroF1,
        ", at least ",
        minMacroF1,
        " is asked for; its margin over the approved model (",
        evaluated("approved.model_package"),
        ") is ",
        margin,
        ", at least ",
        minMargin,
        " is asked for.",
      ),
    },
  };
}
