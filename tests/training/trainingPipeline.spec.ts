import { expect } from "chai";

import { deploymentTarget } from "../../components/shared/target";
import { trainingConfigSchema } from "../../components/training/config";
import { TrainingPipeline } from "../../components/training/trainingPipeline";
import {
  find,
  mockStack,
  namesOf,
  type Registered,
  settled,
  statements,
  valueOf,
} from "../shared/pulumiMocks";
import { trainingWorkload } from "./trainingWorkload";

const PIPELINE = "aws:sagemaker/pipeline:Pipeline";
const GROUP = "aws:sagemaker/modelPackageGroup:ModelPackageGroup";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const SCHEDULE = "aws:scheduler/schedule:Schedule";

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

async function build(
  config: object = {},
  keyArn?: string,
): Promise<{ pipeline: TrainingPipeline; registered: Registered[] }> {
  const registered = await mockStack("test");
  const pipeline = new TrainingPipeline("training", {
    deleteModels: true,
    ...trainingConfigSchema.parse(config),
    target: deploymentTarget("us-east-1"),
    workload: trainingWorkload,
    modelPackageGroupName: "streaming-ml-test",
    clusterId: "j-1",
    trainingSetCommand: ["spark-submit", "job.py"],
    lakeBucket: "lake",
    artifactBucket: "artifacts",
    keyArn,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
  });
  await settled();
  return { pipeline, registered };
}

function permissionsOf(registered: readonly Registered[], name: string): Record<string, Statement> {
  const listed = statements(find(registered, POLICY, name).inputs.policy) as Statement[];
  return Object.fromEntries(listed.map((statement) => [statement.Sid, statement]));
}

describe("TrainingPipeline", () => {
  it("names pipeline and group, and says so in its outputs", async () => {
    const { pipeline, registered } = await build();
    expect(await valueOf(pipeline.pipelineName)).to.equal("streaming-ml-test");
    expect(await valueOf(pipeline.modelPackageGroupName)).to.equal("streaming-ml-test");
    const { inputs } = find(registered, PIPELINE, "training");
    expect(inputs).to.include({
      pipelineName: "streaming-ml-test",
      pipelineDisplayName: "streaming-ml-test",
      roleArn: "arn:aws:iam::123456789012:role/training-pipeline-role-1a2b3c4",
    });
  });

  it("sends the definition of its own configuration, with the jobs' role and code", async () => {
    const { registered } = await build({ minMetric: 0.5, approval: "automatic", epochs: 3 });
    const text = find(registered, PIPELINE, "training").inputs.pipelineDefinition as string;
    const definition = JSON.parse(text) as {
      Parameters: { Name: string; DefaultValue: unknown }[];
    };
    expect(
      Object.fromEntries(
        definition.Parameters.map(({ Name, DefaultValue }) => [Name, DefaultValue]),
      ),
    ).to.deep.equal({
      ApprovalStatus: "Approved",
      MinMetric: 0.5,
      MinMargin: 0,
      Epochs: "3",
      CompareWith: "approved",
    });
    expect(text).to.contain("arn:aws:iam::123456789012:role/training-job-role-1a2b3c4");
    expect(text).to.match(/s3:\/\/artifacts\/code\/training-[0-9a-f]{16}\.tar\.gz/);
    expect(text).to.match(/s3:\/\/artifacts\/code\/evaluation-[0-9a-f]{16}\.zip"/);
    expect(text).to.contain(
      '"predictionSchema":"s3://artifacts/schemas/sentiment-prediction-fedcba9876543210.json"',
    );
    expect(text).to.not.contain("MaxWaitTimeInSeconds");
    expect(text).to.not.contain("subnet-1");
  });

  it("uploads code and schema under names that say their content, and leaves them there", async () => {
    const { registered } = await build();
    const [code, evaluation, schema] = namesOf(registered, OBJECT).map((name) =>
      find(registered, OBJECT, name),
    );
    expect(namesOf(registered, OBJECT)).to.have.length(3);
    expect(code.inputs.key).to.match(/^code\/training-[0-9a-f]{16}\.tar\.gz$/);
    expect(evaluation.inputs.key).to.match(/^code\/evaluation-[0-9a-f]{16}\.zip$/);
    expect(schema.name).to.equal("training-prediction-schema-fedcba98");
    expect(schema.inputs).to.deep.include({
      bucket: "artifacts",
      key: "schemas/sentiment-prediction-fedcba9876543210.json",
      content: '{"title":"Readings"}',
      contentType: "application/json",
    });
    expect([code, evaluation, schema].map(({ options }) => options.retainOnDelete)).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it("says in the registry whose models they are", async () => {
    const { inputs } = find((await build()).registered, GROUP, "training-models");
    expect(inputs.modelPackageGroupDescription).to.equal(
      "Usual and unusual readings: candidates, approved and rejected models",
    );
  });

  it("lets the pipeline start its own jobs, on this cluster, and pass on one role", async () => {
    const granted = permissionsOf((await build()).registered, "training-pipeline-rights");
    expect(Object.keys(granted)).to.deep.equal([
      "RunJobs",
      "PassJobRole",
      "RegisterModel",
      "BuildTrainingSet",
      "HearOfTheStepsEnd",
      "ReadEvaluationAndModel",
    ]);
    expect(granted.RunJobs.Resource).to.deep.equal([
      "arn:aws:sagemaker:us-east-1:123456789012:training-job/pipelines-*",
      "arn:aws:sagemaker:us-east-1:123456789012:processing-job/pipelines-*",
    ]);
    expect(granted.PassJobRole).to.deep.include({
      Resource: "arn:aws:iam::123456789012:role/training-job-role-1a2b3c4",
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    });
    expect(granted.BuildTrainingSet.Resource).to.equal(
      "arn:aws:elasticmapreduce:us-east-1:123456789012:cluster/j-1",
    );
    expect(granted.HearOfTheStepsEnd.Resource).to.equal(
      "arn:aws:events:us-east-1:123456789012:rule/SageMakerPipelineExecutionEMRStepStatusUpdateRule",
    );
  });

  it("lets the jobs read training sets and code, and write models and evaluations only", async () => {
    const granted = permissionsOf((await build()).registered, "training-job-rights");
    const writing = Object.values(granted).filter(({ Action }) =>
      [Action].flat().some((action) => /s3:.*(Put|Delete|Abort)/.test(action)),
    );
    expect(writing.map(({ Resource }) => Resource)).to.deep.equal([
      ["arn:aws:s3:::artifacts/models/*", "arn:aws:s3:::artifacts/evaluations/*"],
    ]);
    expect(granted.ReadTrainingSets.Resource).to.deep.equal(["arn:aws:s3:::lake/training-sets/*"]);
    expect(granted).to.not.have.any.keys("UseKeys", "CreateNetworkInterfaces");
    const pulled = "arn:aws:ecr:us-east-1:763104351884:repository/tensorflow";
    expect(granted.PullImages.Resource).to.deep.equal([
      `${pulled}-training`,
      `${pulled}-inference`,
    ]);
  });

  it("adds the permissions that a customer key and a VPC need, where there are any", async () => {
    const { registered } = await build({ inVpc: true }, "arn:key");
    expect(permissionsOf(registered, "training-job-rights").UseKeys).to.deep.include({
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource: ["arn:key"],
    });
    const ec2 = "arn:aws:ec2:us-east-1:123456789012";
    const granted = permissionsOf(registered, "training-job-rights");
    expect(granted.CreateNetworkInterfaces).to.deep.include({
      Action: "ec2:CreateNetworkInterface",
      Resource: [
        `${ec2}:network-interface/*`,
        `${ec2}:subnet/subnet-1`,
        `${ec2}:security-group/sg-1`,
      ],
    });
    expect(granted.LendAndDeleteNetworkInterfaces.Resource).to.equal(`${ec2}:network-interface/*`);
    const text = find(registered, PIPELINE, "training").inputs.pipelineDefinition as string;
    expect(text).to.contain('"Subnets":["subnet-1"],"SecurityGroupIds":["sg-1"]');
    expect(text).to.contain('"KmsKeyId":"arn:key"');
  });

  it("retrains by the clock only where the stack says so, with a role for nothing else", async () => {
    expect(namesOf((await build()).registered, SCHEDULE)).to.deep.equal([]);
    const { registered } = await build({ schedule: { expression: "rate(7 days)" } });
    const { inputs } = find(registered, SCHEDULE, "training-schedule");
    const pipelineArn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/training";
    expect(inputs).to.deep.include({
      scheduleExpression: "rate(7 days)",
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "OFF" },
    });
    const deadLetterQueue = "arn:aws:sqs:us-east-1:123456789012:training-undelivered-1a2b3c4";
    expect(inputs.target).to.deep.include({
      arn: pipelineArn,
      deadLetterConfig: { arn: deadLetterQueue },
    });
    expect(permissionsOf(registered, "training-schedule-rights")).to.deep.equal({
      StartPipeline: {
        Effect: "Allow",
        Sid: "StartPipeline",
        Action: "sagemaker:StartPipelineExecution",
        Resource: pipelineArn,
      },
      KeepUndelivered: {
        Effect: "Allow",
        Sid: "KeepUndelivered",
        Action: "sqs:SendMessage",
        Resource: deadLetterQueue,
      },
    });
  });

  it("is the parent of what it makes", async () => {
    const { pipeline } = await build();
    expect(await valueOf(pipeline.pipeline.urn)).to.contain(
      "streaming-ml:training:TrainingPipeline$aws:sagemaker/pipeline:Pipeline::training",
    );
  });
});
