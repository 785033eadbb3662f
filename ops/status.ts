import type { S3Client } from "@aws-sdk/client-s3";
import {
  DescribeEndpointCommand,
  ListPipelineExecutionsCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

import type { JobLock } from "../contracts/jobLock";
import type { StackOutputs } from "../contracts/stackOutputs";
import { executionFailure } from "./execution";
import { readJobLock } from "./jobLock";
import { listModels, type RegisteredModel } from "./registry";

export interface StackStatus {
  readonly job?: JobLock;
  readonly training?: {
    readonly status: string;
    readonly startedAt?: string;
    /** Which step failed and why, of an execution that failed. */
    readonly reason?: string;
  };
  readonly endpoint?: {
    readonly name: string;
    readonly status: string;
    readonly instances?: number;
    readonly modelPackageArn: string;
    /** Why the last update failed or was rolled back, as long as SageMaker says so. */
    readonly reason?: string;
  };
  readonly models: readonly RegisteredModel[];
  readonly apiUrl: string;
}

export interface StatusClients {
  readonly sagemaker: Pick<SageMakerClient, "send">;
  readonly s3: Pick<S3Client, "send">;
}

/** Models the status lists. */
const LISTED_MODELS = 5;

/** Asks AWS about every stage of a stack. */
export async function readStatus(
  { sagemaker, s3 }: StatusClients,
  outputs: StackOutputs,
): Promise<StackStatus> {
  const [job, training, endpoint, models] = await Promise.all([
    readJobLock(s3, outputs.job.lockUri),
    readTraining(sagemaker, outputs.training.pipelineName),
    readEndpoint(sagemaker, outputs.endpoint),
    listModels(sagemaker, outputs.training.modelPackageGroupName, LISTED_MODELS),
  ]);
  return { job, training, endpoint, models, apiUrl: outputs.api.url };
}

async function readTraining(
  sagemaker: StatusClients["sagemaker"],
  pipelineName: string,
): Promise<StackStatus["training"]> {
  const page = await sagemaker.send(
    new ListPipelineExecutionsCommand({
      PipelineName: pipelineName,
      SortBy: "CreationTime",
      SortOrder: "Descending",
      MaxResults: 1,
    }),
  );
  const last = page.PipelineExecutionSummaries?.[0];
  if (last === undefined) {
    return undefined;
  }
  const failed = last.PipelineExecutionStatus === "Failed";
  return {
    status: last.PipelineExecutionStatus ?? "unknown",
    startedAt: last.StartTime?.toISOString(),
    ...(failed && { reason: await executionFailure(sagemaker, last.PipelineExecutionArn ?? "") }),
  };
}

async function readEndpoint(
  sagemaker: StatusClients["sagemaker"],
  endpoint: StackOutputs["endpoint"],
): Promise<StackStatus["endpoint"]> {
  if (endpoint === null) {
    return undefined;
  }
  const { name, modelPackageArn } = endpoint;
  try {
    const live = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
    return {
      name,
      status: live.EndpointStatus ?? "unknown",
      instances: live.ProductionVariants?.[0]?.CurrentInstanceCount,
      modelPackageArn,
      ...(live.FailureReason === undefined ? {} : { reason: live.FailureReason }),
    };
  } catch (error) {
    if ((error as Error).name === "ValidationException") {
      return { name, status: "missing: run pulumi up", modelPackageArn };
    }
    throw error;
  }
}
