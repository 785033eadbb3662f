import type { TrainingWorkload } from "./workload";

/** Where in a VPC jobs run. */
export interface VpcSettings {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

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
