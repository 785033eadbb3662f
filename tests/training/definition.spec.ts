import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { buildPipelineDefinition } from "../../components/training/definition";
import { python, repositoryRoot } from "../../tools/paths";
import { definitionInputs } from "./definitionInputs";
import { EXECUTION, resolved, stepsOf, type Step } from "./definitionSteps";

// These tests prove the definition we send; AWS's own API models judge the steps' arguments.

describe("the pipeline definition", () => {
  it("has the four steps in order, and the parameters with their defaults", () => {
    const definition = buildPipelineDefinition(definitionInputs);
    expect((definition.Steps as Step[]).map(({ Name, Type }) => `${Name} ${Type}`)).to.deep.equal([
      "BuildTrainingSet EMR",
      "Train Training",
      "Evaluate Processing",
      "QualityGate Condition",
    ]);
    expect(definition.Parameters).to.deep.equal([
      {
        Name: "ApprovalStatus",
        Type: "String",
        DefaultValue: "PendingManualApproval",
        EnumValues: ["Approved", "PendingManualApproval"],
      },
      { Name: "MinMacroF1", Type: "Float", DefaultValue: 0.7 },
      { Name: "MinMargin", Type: "Float", DefaultValue: -0.01 },
      { Name: "Epochs", Type: "String", DefaultValue: "8" },
    ]);
  });

  it("approves by itself only where the stack says so", () => {
    const [status] = buildPipelineDefinition({
      ...definitionInputs,
      approval: "automatic",
    }).Parameters;
    expect(status.DefaultValue).to.equal("Approved");
  });

  it("builds each execution's training set under a prefix of its own", () => {
    expect(stepsOf().BuildTrainingSet.Arguments).to.deep.equal({
      ClusterId: "j-1",
      StepConfig: {
        HadoopJarStep: {
          Jar: "command-runner.jar",
          Args: [
            ...definitionInputs.trainingSetCommand,
            "--output-uri",
            { "Std:Join": { On: "/", Values: ["s3a://lake/training-sets", EXECUTION] } },
            "--training-set-id",
            EXECUTION,
          ],
        },
      },
    });
  });

  it("trains on the splits of the same execution, after they are built", () => {
    const { DependsOn, Arguments } = stepsOf().Train;
    expect(DependsOn).to.deep.equal(["BuildTrainingSet"]);
    const uris = Arguments.InputDataConfig.map((channel) => [
      channel.ChannelName,
      channel.DataSource.S3DataSource.S3Uri,
    ]);
    expect(uris).to.deep.equal(
      ["train", "validation"].map((name) => [
        name,
        { "Std:Join": { On: "/", Values: ["s3://lake/training-sets", EXECUTION, `${name}/`] } },
      ]),
    );
    expect(Arguments.HyperParameters).to.deep.equal({
      sagemaker_program: '"train.py"',
      sagemaker_submit_directory: '"s3://artifacts/code/training-0123.tar.gz"',
      sagemaker_region: '"us-east-1"',
      sagemaker_container_log_level: "20",
      epochs: { Get: "Parameters.Epochs" },
    });
    expect(Arguments.StoppingCondition).to.deep.equal({ MaxRuntimeInSeconds: 7200 });
  });

  it("leaves out what is not asked for", () => {
    const { Train, Evaluate } = stepsOf();
    expect(Train.Arguments).to.not.have.any.keys(
      "VpcConfig",
      "EnableManagedSpotTraining",
      "CheckpointConfig",
      "EnableInterContainerTrafficEncryption",
    );
    expect(Train.Arguments.OutputDataConfig).to.not.have.property("KmsKeyId");
    expect(Evaluate.Arguments).to.not.have.property("NetworkConfig");
    expect(Evaluate.Arguments.ProcessingOutputConfig).to.not.have.property("KmsKeyId");
  });

  it("waits for spot capacity, with checkpoints, where the stack says so", () => {
    const { Arguments } = stepsOf({ spotMaxWaitMinutes: 240 }).Train;
    expect(Arguments.EnableManagedSpotTraining).to.equal(true);
    expect(Arguments.StoppingCondition).to.deep.equal({
      MaxRuntimeInSeconds: 7200,
      MaxWaitTimeInSeconds: 14400,
    });
    expect(Arguments.CheckpointConfig.S3Uri["Std:Join"].Values).to.deep.equal([
      "s3://artifacts/models",
      EXECUTION,
      "checkpoints",
    ]);
  });

  it("encrypts traffic between several instances, and writes with the bucket's key", () => {
    const { Train, Evaluate } = stepsOf({ instanceCount: 2, outputKeyArn: "arn:key" });
    expect(Train.Arguments.EnableInterContainerTrafficEncryption).to.equal(true);
    expect(Train.Arguments.OutputDataConfig.KmsKeyId).to.equal("arn:key");
    expect(Evaluate.Arguments.ProcessingOutputConfig.KmsKeyId).to.equal("arn:key");
  });

  it("places both jobs in the VPC where the stack says so", () => {
    const { Train, Evaluate } = stepsOf({
      vpc: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    });
    const placed = { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
    expect(Train.Arguments.VpcConfig).to.deep.equal(placed);
    expect(Evaluate.Arguments.NetworkConfig.VpcConfig).to.deep.equal(placed);
  });

  it("evaluates candidate and test split, and says which group the approved model is in", () => {
    const { Arguments, PropertyFiles } = stepsOf().Evaluate;
    expect(Arguments.AppSpecification.ContainerArguments).to.include.members([
      "--model-package-group",
      "streaming-ml-test",
    ]);
    expect(Arguments.ProcessingInputs.map((input) => input.InputName)).to.deep.equal([
      "model",
      "test",
      "code",
    ]);
    expect(PropertyFiles).to.deep.equal([
      {
        PropertyFileName: "EvaluationReport",
        OutputName: "evaluation",
        FilePath: "evaluation.json",
      },
    ]);
  });

  it("registers only what reaches the threshold and the approved model", () => {
    const { Conditions, IfSteps, ElseSteps } = stepsOf().QualityGate.Arguments;
    const figure = (path: string) => ({
      "Std:JsonGet": {
        PropertyFile: { Get: "Steps.Evaluate.PropertyFiles.EvaluationReport" },
        Path: path,
      },
    });
    expect(Conditions).to.deep.equal([
      {
        Type: "GreaterThanOrEqualTo",
        LeftValue: figure("metrics.macro_f1.value"),
        RightValue: { Get: "Parameters.MinMacroF1" },
      },
      {
        Type: "GreaterThanOrEqualTo",
        LeftValue: figure("comparison.margin.value"),
        RightValue: { Get: "Parameters.MinMargin" },
      },
    ]);
    expect(IfSteps.map(({ Type }) => Type)).to.deep.equal(["RegisterModel"]);
    expect(ElseSteps.map(({ Type }) => Type)).to.deep.equal(["Fail"]);
  });

  it("names both figures and both limits when it refuses a model", () => {
    const values = stepsOf().RefuseModel.Arguments.ErrorMessage["Std:Join"].Values;
    const text = JSON.stringify(values);
    for (const part of ["metrics.macro_f1", "comparison.margin", "MinMacroF1", "MinMargin"]) {
      expect(text).to.contain(part);
    }
  });

  it("sends arguments that AWS's own API models accept", function () {
    if (!existsSync(python)) {
      this.skip();
    }
    const steps = [
      stepsOf(),
      stepsOf({
        spotMaxWaitMinutes: 240,
        instanceCount: 2,
        outputKeyArn: "arn:key",
        vpc: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      }),
    ].flatMap(({ Train, Evaluate, RegisterModel }) => [Train, Evaluate, RegisterModel]);
    const answer = execFileSync(python, ["-m", "tests.training.validate_arguments"], {
      cwd: repositoryRoot,
      input: JSON.stringify(
        steps.map((step, index) => ({ ...(resolved(step) as Step), Name: index })),
      ),
    });
    expect(JSON.parse(answer.toString())).to.deep.equal({
      0: "",
      1: "",
      2: "",
      3: "",
      4: "",
      5: "",
    });
  });
});
