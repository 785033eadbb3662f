import {
  ListPipelineExecutionsCommand,
  ListPipelineExecutionStepsCommand,
  type PipelineExecutionStep,
} from "@aws-sdk/client-sagemaker";

import { listModels } from "../registry";
import type { Check, DeployedStack } from "./check";
import {
  type ExecutionAnswer,
  isUnderWay,
  judgeModel,
  judgeSecondJob,
  judgeTraining,
  type StepAnswer,
} from "./trainingVerdict";

/** How far back an ended execution is looked for. */
const LOOK_BACK = 10;

export const trainingCheck: Check<DeployedStack> = {
  id: "training",
  title: "SageMaker accepts the pipeline, starts the images and registers a model",
  run: async (stack) =>
    judgeTraining(await newestExecution(stack, (execution) => !isUnderWay(execution))),
};

export const secondJobCheck: Check<DeployedStack> = {
  id: "second-job",
  title: "the cluster starts a second job beside the first",
  run: async (stack) => judgeSecondJob(await newestExecution(stack, () => true)),
};

export const modelCheck: Check<DeployedStack> = {
  id: "model",
  title: "a registered package keeps its metadata",
  async run({ outputs, clients }) {
    const [newest] = await listModels(clients.sagemaker, outputs.training.modelPackageGroupName, 1);
    return judgeModel(newest);
  },
};

async function newestExecution(
  { outputs, clients }: DeployedStack,
  isWanted: (execution: { readonly status: string }) => boolean,
): Promise<ExecutionAnswer | undefined> {
  const { PipelineExecutionSummaries: executions = [] } = await clients.sagemaker.send(
    new ListPipelineExecutionsCommand({
      PipelineName: outputs.training.pipelineName,
      SortBy: "CreationTime",
      SortOrder: "Descending",
      MaxResults: LOOK_BACK,
    }),
  );
  const found = executions.find(({ PipelineExecutionStatus: status }) =>
    isWanted({ status: status ?? "unknown" }),
  );
  if (found?.PipelineExecutionArn === undefined) {
    return undefined;
  }
  const { PipelineExecutionSteps: steps = [] } = await clients.sagemaker.send(
    new ListPipelineExecutionStepsCommand({
      PipelineExecutionArn: found.PipelineExecutionArn,
      SortOrder: "Ascending",
      MaxResults: 100,
    }),
  );
  return { status: found.PipelineExecutionStatus ?? "unknown", steps: steps.map(toStep) };
}

function toStep({
  StepName,
  StepStatus,
  FailureReason,
  Metadata,
}: PipelineExecutionStep): StepAnswer {
  return {
    name: StepName ?? "",
    status: StepStatus ?? "unknown",
    reason: FailureReason,
    onCluster: Metadata?.EMR !== undefined,
    registered: Metadata?.RegisterModel?.Arn,
  };
}
