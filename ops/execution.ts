import {
  DescribePipelineExecutionCommand,
  ListPipelineExecutionStepsCommand,
  type PipelineExecutionStep,
  type SageMakerClient,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";

import { Failure } from "./failure";

type Client = Pick<SageMakerClient, "send">;

/** How to follow an execution; replaced in tests. */
export interface Follower {
  readonly show: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** An end is seen late by at most so much of the time that the execution took. */
const LATENESS = 1 / 50;

/** Starts the pipeline and returns the execution's ARN. */
export async function startExecution(
  client: Client,
  pipelineName: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const started = await client.send(
    new StartPipelineExecutionCommand({
      PipelineName: pipelineName,
      PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  return started.PipelineExecutionArn ?? "";
}

/**
 * Waits for an execution, with a line per change of a step.
 *
 * @returns the ARN of the registered model package
 * @throws Failure with the reason of the step that failed
 */
export async function followExecution(
  client: Client,
  executionArn: string,
  { show, sleep }: Follower,
): Promise<string> {
  const shown = new Map<string, string>();
  let waited = 0;
  for (;;) {
    const execution = await client.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: executionArn }),
    );
    const steps = await listSteps(client, executionArn);
    for (const step of steps) {
      const line = describeStep(step);
      if (shown.get(step.StepName ?? "") !== line) {
        shown.set(step.StepName ?? "", line);
        show(line);
      }
    }
    switch (execution.PipelineExecutionStatus) {
      case "Succeeded":
        return registeredModel(steps, executionArn);
      case "Failed":
      case "Stopped":
        throw new Failure(
          `The training ${execution.PipelineExecutionStatus.toLowerCase()} (${executionArn}). ` +
            failureReason(steps, execution.FailureReason),
        );
      default: {
        const wait = Math.min(Math.max(SHORTEST_WAIT_MS, waited * LATENESS), LONGEST_WAIT_MS);
        await sleep(wait);
        waited += wait;
      }
    }
  }
}

async function listSteps(client: Client, executionArn: string): Promise<PipelineExecutionStep[]> {
  const steps: PipelineExecutionStep[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListPipelineExecutionStepsCommand({
        PipelineExecutionArn: executionArn,
        SortOrder: "Ascending",
        NextToken: nextToken,
      }),
    );
    steps.push(...(page.PipelineExecutionSteps ?? []));
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return steps;
}

/** One step in one line, with its duration once it has ended. */
export function describeStep(step: PipelineExecutionStep): string {
  const { StartTime: start, EndTime: end } = step;
  const seconds =
    start !== undefined && end !== undefined
      ? ` after ${Math.round((end.getTime() - start.getTime()) / 1000)} s`
      : "";
  const outcome = step.Metadata?.Condition?.Outcome;
  const detail = outcome === undefined ? "" : ` (${outcome})`;
  return `${step.StepName}: ${step.StepStatus}${seconds}${detail}`;
}

/** Why an execution failed: its step that failed and what that says, or SageMaker's reason. */
export async function executionFailure(client: Client, executionArn: string): Promise<string> {
  const [steps, execution] = await Promise.all([
    listSteps(client, executionArn),
    client.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: executionArn })),
  ]);
  return failureReason(steps, execution.FailureReason);
}

function failureReason(steps: readonly PipelineExecutionStep[], fallback?: string): string {
  const failed = steps.find(({ StepStatus }) => StepStatus === "Failed");
  const reason = failed?.FailureReason ?? fallback ?? "SageMaker gave no reason.";
  return failed === undefined ? reason : `Step ${failed.StepName}: ${reason}`;
}

function registeredModel(steps: readonly PipelineExecutionStep[], executionArn: string): string {
  const arn = steps
    .map(({ Metadata }) => Metadata?.RegisterModel?.Arn)
    .find((found) => found !== undefined);
  if (arn === undefined) {
    throw new Failure(
      `The training succeeded but registered no model (${executionArn}). Its definition is not this release's.`,
    );
  }
  return arn;
}
