import type { PipelineDefinitionInputs } from "../../components/training/pipelineInputs";
import { trainingWorkload } from "./trainingWorkload";

/** A complete set of inputs; a test changes what it is about. */
export const definitionInputs: PipelineDefinitionInputs = {
  region: "us-east-1",
  clusterId: "j-1",
  trainingSetCommand: [
    "spark-submit",
    "s3a://artifacts/job.py",
    "--events-uri",
    "s3a://lake/events",
  ],
  lakeBucket: "lake",
  artifactBucket: "artifacts",
  trainingCodeUri: "s3://artifacts/code/training-0123.tar.gz",
  evaluationCodeUri: "s3://artifacts/code/evaluation-0123.zip",
  predictionSchemaUri: "s3://artifacts/schemas/sentiment-prediction-fedc.json",
  workload: trainingWorkload,
  jobRoleArn: "arn:aws:iam::123456789012:role/job",
  modelPackageGroupName: "streaming-ml-test",
  trainingImage: "registry/tensorflow-training:2.19.0",
  inferenceImage: "registry/tensorflow-inference:2.19.0",
  instanceType: "ml.m5.xlarge",
  instanceCount: 1,
  evaluationInstanceType: "ml.m5.large",
  volumeSizeGb: 50,
  maxRuntimeMinutes: 120,
  epochs: 8,
  minMetric: 0.7,
  tolerance: 0.01,
  approval: "manual",
};
