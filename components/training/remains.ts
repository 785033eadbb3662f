import type * as sagemaker from "@aws-sdk/client-sagemaker";

import { unlessNotFound } from "../shared/awsAnswers";
import type { SageMakerConnection } from "../shared/sageMakerConnection";

/** A training pipeline and the group its models are registered in. */
export interface RemainsSpec {
  readonly region: string;
  /** Account they belong to; any other is refused. */
  readonly accountId: string;
  readonly pipelineName: string;
  readonly modelPackageGroupName: string;
  /** Delete the registered models with their group. */
  readonly deleteModels: boolean;
}

const POLL_MS = 5000;

/** Longest that executions may take to stop, in seconds: a step on the cluster ends its work first. */
const STOP_TIMEOUT_SECONDS = 900;

/**
 * Removes what keeps SageMaker from deleting the pipeline or the group: executions under way
 * (DeletePipeline: "you must stop all running instances") and registered models (DeleteModelPackageGroup:
 * ConflictException). Without `deleteModels` nothing is touched as long as there is a model.
 *
 * @throws Error in one sentence when models are to be kept, or executions do not stop
 */
export async function removeRemains(
  connection: SageMakerConnection,
  spec: RemainsSpec,
): Promise<void> {
  const models = await registeredModels(connection, spec);
  if (models.length > 0 && !spec.deleteModels) {
    throw new Error(
      `Model package group "${spec.modelPackageGroupName}" holds ${models.length} registered models, and this stack's ` +
        "data is not disposable (streaming-ml:lake.deleteContents is false), so nothing of the training was removed. " +
        "Set lake.protect to false and lake.deleteContents to true and run pulumi up before pulumi destroy, or delete " +
        "the models in SageMaker's model registry.",
    );
  }
  await stopExecutions(connection, spec);
  // Once more: an execution may have registered a model before it stopped.
  for (const arn of await registeredModels(connection, spec)) {
    const { DeleteModelPackageCommand } = connection.sdk;
    await unlessNotFound(
      connection.client.send(new DeleteModelPackageCommand({ ModelPackageName: arn })),
    );
  }
}

async function registeredModels(
  { client, sdk }: SageMakerConnection,
  { modelPackageGroupName }: RemainsSpec,
): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const page = await unlessNotFound(
      client.send(
        new sdk.ListModelPackagesCommand({
          ModelPackageGroupName: modelPackageGroupName,
          MaxResults: 100,
          NextToken: token,
        }),
      ),
    );
    found.push(...(page?.ModelPackageSummaryList ?? []).map((model) => model.ModelPackageArn!));
    token = page?.NextToken;
  } while (token !== undefined);
  return found;
}

async function stopExecutions(connection: SageMakerConnection, spec: RemainsSpec): Promise<void> {
  const { client, sdk } = connection;
  const deadline = connection.now() + STOP_TIMEOUT_SECONDS * 1000;
  const asked = new Set<string>();
  for (;;) {
    const underWay = await executionsUnderWay(connection, spec);
    if (underWay.length === 0) {
      return;
    }
    for (const { PipelineExecutionArn: arn, PipelineExecutionStatus: status } of underWay) {
      if (status === "Executing" && !asked.has(arn!)) {
        asked.add(arn!);
        await client.send(
          new sdk.StopPipelineExecutionCommand({
            PipelineExecutionArn: arn,
            // 32 to 128 characters; the same token is the same request.
            ClientRequestToken: `stop-${arn!.split("/").at(-1)}`.padEnd(32, "-"),
          }),
        );
      }
    }
    if (connection.now() >= deadline) {
      throw new Error(
        `Pipeline "${spec.pipelineName}" still has ${underWay.length} executions under way ${STOP_TIMEOUT_SECONDS} ` +
          `seconds after they were asked to stop, first ${underWay[0].PipelineExecutionArn}. Wait until they have ` +
          "stopped, then run pulumi destroy again.",
      );
    }
    await connection.sleep(POLL_MS);
  }
}

async function executionsUnderWay(
  { client, sdk }: SageMakerConnection,
  { pipelineName }: RemainsSpec,
): Promise<sagemaker.PipelineExecutionSummary[]> {
  const found: sagemaker.PipelineExecutionSummary[] = [];
  let token: string | undefined;
  do {
    const page = await unlessNotFound(
      client.send(
        new sdk.ListPipelineExecutionsCommand({ PipelineName: pipelineName, NextToken: token }),
      ),
    );
    found.push(
      ...(page?.PipelineExecutionSummaries ?? []).filter(
        ({ PipelineExecutionStatus: status }) => status === "Executing" || status === "Stopping",
      ),
    );
    token = page?.NextToken;
  } while (token !== undefined);
  return found;
}
