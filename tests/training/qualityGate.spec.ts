import { expect } from "chai";

import { EXECUTION, stepsOf } from "./definitionSteps";
import { trainingWorkload } from "./trainingWorkload";

const figure = (path: string) => ({
  "Std:JsonGet": {
    PropertyFile: { Get: "Steps.Evaluate.PropertyFiles.EvaluationReport" },
    Path: path,
  },
});

const text = (expression: object) => ({ "Std:Join": { On: "", Values: [expression] } });

describe("the quality gate", () => {
  it("registers only what reaches the threshold and the approved model", () => {
    const { Conditions, IfSteps, ElseSteps } = stepsOf().QualityGate.Arguments;
    expect(Conditions).to.deep.equal([
      {
        Type: "GreaterThanOrEqualTo",
        LeftValue: figure("gate.value"),
        RightValue: { Get: "Parameters.MinMetric" },
      },
      {
        Type: "GreaterThanOrEqualTo",
        LeftValue: figure("gate.margin"),
        RightValue: { Get: "Parameters.MinMargin" },
      },
      { Type: "In", QueryValue: figure("approved.state"), Values: ["none", "measured"] },
    ]);
    expect(IfSteps.map(({ Type }) => Type)).to.deep.equal(["RegisterModel"]);
    expect(ElseSteps.map(({ Type }) => Type)).to.deep.equal(["Fail"]);
  });

  it("names both figures and both limits when it refuses a model", () => {
    expect(stepsOf().RefuseModel.Arguments.ErrorMessage["Std:Join"].Values).to.deep.equal([
      "The candidate is not registered. Its average_precision is ",
      figure("gate.value"),
      ", at least ",
      { Get: "Parameters.MinMetric" },
      " is asked for; its margin over the approved model (",
      figure("approved.model_package"),
      ") is ",
      figure("gate.margin"),
      ", at least ",
      { Get: "Parameters.MinMargin" },
      " is asked for. ",
      figure("approved.problem"),
    ]);
  });

  it("writes into the package what made it, what it answers and how good it is", () => {
    const { ModelPackageDescription, CustomerMetadataProperties } =
      stepsOf().RegisterModel.Arguments;
    expect(ModelPackageDescription).to.equal("Usual and unusual readings");
    expect(CustomerMetadataProperties).to.deep.equal({
      workload: "sentiment",
      contract: "0123456789abcdef".repeat(4),
      predictionSchema: "s3://artifacts/schemas/sentiment-prediction-fedc.json",
      "metric:average_precision": text(figure("metrics.average_precision.value")),
      "metric:recall_at_10": text(figure("metrics.recall_at_10.value")),
      margin: text(figure("gate.margin")),
      comparedWith: text(figure("approved.model_package")),
      trainingSet: { "Std:Join": { On: "/", Values: ["s3://lake/training-sets", EXECUTION] } },
      pipelineExecution: { Get: "Execution.PipelineExecutionArn" },
    });
  });

  it("answers several requests at once unless their arrays differ in length", () => {
    const environment = (variableArrays: boolean) =>
      stepsOf({
        workload: {
          ...trainingWorkload,
          prediction: { ...trainingWorkload.prediction, variableArrays },
        },
      }).RegisterModel.Arguments.InferenceSpecification.Containers.map(
        ({ Environment }) => Environment,
      );
    expect(environment(true)).to.deep.equal([{ SAGEMAKER_TFS_ENABLE_BATCHING: "false" }]);
    expect(environment(false)).to.deep.equal([
      {
        SAGEMAKER_TFS_ENABLE_BATCHING: "true",
        SAGEMAKER_TFS_MAX_BATCH_SIZE: "64",
        SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS: "1000",
      },
    ]);
  });
});
