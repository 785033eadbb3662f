import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { buildPipelineDefinition } from "../../components/training/definition";
import { python, repositoryRoot } from "../../tools/paths";
import { definitionInputs } from "./definitionInputs";
import { EXECUTION, resolved, type Step, stepsOf } from "./definitionSteps";

// These tests prove the definition we send; AWS's own API models judge the steps' arguments.

const ofTrainingSet = (name: string) => ({
  "Std:Join": { On: "/", Values: ["s3://lake/training-sets", EXECUTION, name] },
});

describe("the pipeline definition", () => {
  it("has the four steps in order, and the parameters with their defaults", () => {
    const definition = buildPipelineDefinition(definitionInputs);
    expect(
      (definition.Steps as unknown as Step[]).map(({ Name, Type }) => `${Name} ${Type}`),
    ).to.deep.equal([
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
      { Name: "MinMetric", Type: "Float", DefaultValue: 0.7 },
      { Name: "MinMargin", Type: "Float", DefaultValue: -0.01 },
      { Name: "Epochs", Type: "String", DefaultValue: "8" },
      {
        Name: "CompareWith",
        Type: "String",
        DefaultValue: "approved",
        EnumValues: ["approved", "none"],
      },
    ]);
  });

  it("asks for what the workload asks where the stack says nothing", () => {
    const { Parameters } = buildPipelineDefinition({
      ...definitionInputs,
      epochs: undefined,
      minMetric: undefined,
    });
    expect(
      Object.fromEntries(Parameters.map(({ Name, DefaultValue }) => [Name, DefaultValue])),
    ).to.include({ MinMetric: 0.65, Epochs: "6" });
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
    expect(uris).to.deep.equal([
      ["train", ofTrainingSet("train/")],
      ["validation", ofTrainingSet("validation/")],
      ["manifest", ofTrainingSet("manifest.json")],
    ]);
    expect(Arguments.HyperParameters).to.deep.equal({
      sagemaker_program: '"train.py"',
      sagemaker_submit_directory: '"s3://artifacts/code/training-0123.tar.gz"',
      sagemaker_region: '"us-east-1"',
      sagemaker_container_log_level: "20",
      workload: '"sentiment"',
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
    expect(Arguments.AppSpecification).to.deep.include({
      ContainerEntrypoint: ["python3", "/opt/ml/processing/input/code/evaluation-0123.zip"],
      ContainerArguments: [
        "--workload",
        "sentiment",
        "--gate-metric",
        "average_precision",
        "--model-package-group",
        "streaming-ml-test",
        "--compare-with",
        { Get: "Parameters.CompareWith" },
      ],
    });
    expect(
      Arguments.ProcessingInputs.map(({ S3Input }) => [S3Input.LocalPath, S3Input.S3Uri]),
    ).to.deep.equal([
      ["/opt/ml/processing/model", { Get: "Steps.Train.ModelArtifacts.S3ModelArtifacts" }],
      ["/opt/ml/processing/test", ofTrainingSet("test/")],
      ["/opt/ml/processing/manifest", ofTrainingSet("manifest.json")],
      ["/opt/ml/processing/input/code", "s3://artifacts/code/evaluation-0123.zip"],
    ]);
    expect(PropertyFiles).to.deep.equal([
      {
        PropertyFileName: "EvaluationReport",
        OutputName: "evaluation",
        FilePath: "evaluation.json",
      },
    ]);
  });

  it("reads the score of each epoch from the job's log, whatever its sign and size", () => {
    const specification = stepsOf().Train.Arguments as unknown as {
      AlgorithmSpecification: { MetricDefinitions: { Name: string; Regex: string }[] };
    };
    const [metric, ...others] = specification.AlgorithmSpecification.MetricDefinitions;
    expect(others).to.deep.equal([]);
    expect(metric.Name).to.equal("validation:score");
    const line = (score: string) => `epoch=1 loss=0.5 validation_score=${score} seconds=1.0`;
    const read = (score: string) => new RegExp(metric.Regex).exec(line(score))?.[1];
    for (const score of ["0.7381", "-12.5", "1e-05", "2.5e+16"]) {
      expect(read(score)).to.equal(score);
    }
    expect(read("nan")).to.equal(undefined);
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
