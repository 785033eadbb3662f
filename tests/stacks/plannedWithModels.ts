import type { AddressInfo } from "node:net";

import { compilePredictionSchema } from "../../contracts/prediction/compile";
import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import { parseStackOutputs, type StackOutputs } from "../../contracts/stackOutputs";
import { readWorkload } from "../../contracts/workload/readWorkload";
import program from "../../index";
import { stackConfig, type StackName } from "../shared/plannedStacks";
import { mockStack, type Registered, valueOf } from "../shared/pulumiMocks";
import { modelRegistry, type RegistryState, type TrainedModel } from "./modelRegistry";

/** A stack as the program plans it, with what it gives to others. */
export interface Planned {
  readonly resources: Registered[];
  readonly outputs: StackOutputs;
  readonly apiKey: unknown;
}

async function planStack(stack: StackName): Promise<Planned> {
  const resources = await mockStack(stack, stackConfig(stack));
  const result = await program();
  const { streamingMl, apiKey } = (await valueOf(result)) as {
    streamingMl: unknown;
    apiKey: unknown;
  };
  return { resources, outputs: parseStackOutputs(streamingMl, stack), apiKey };
}

/** What the committed stacks serve. */
export const workload = readWorkload("sentiment");

/** A model that was trained before the schema got another score and longer texts. */
export function trainedEarlier(): TrainedModel & { readonly prediction: PredictionContract } {
  const schema = JSON.parse(workload.prediction.text) as {
    properties: Record<
      "instance" | "prediction",
      { required: string[]; properties: Record<string, Record<string, unknown>> }
    >;
  };
  const { instance, prediction } = schema.properties;
  instance.properties.text.maxLength = 280;
  delete prediction.properties.score_neutral;
  prediction.required = Object.keys(prediction.properties);
  const contract = compilePredictionSchema("sentiment", "f", JSON.stringify(schema));
  return {
    workload: "sentiment",
    eventContract: "e".repeat(64),
    schema: contract,
    prediction: contract,
  };
}

/** A model of the workload as it is. */
export const trainedNow: TrainedModel = {
  workload: "sentiment",
  eventContract: workload.event.sha256,
  schema: workload.prediction,
};
/** The registry when that model is approved. */
export const NOW: RegistryState = { model: trainedNow, isApproved: true };

/**
 * Plans stacks of the committed files while a model registry answers.
 *
 * @param work plans a stack as the registry is in the given state
 */
export async function withModelRegistry(
  work: (plan: (stack: StackName, state: RegistryState) => Promise<Planned>) => Promise<void>,
): Promise<void> {
  let state = NOW;
  const server = modelRegistry(() => state);
  const saved = { ...process.env };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SAGEMAKER: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ENDPOINT_URL_EMR: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  try {
    await work((stack, asked) => {
      state = asked;
      return planStack(stack);
    });
  } finally {
    process.env = saved;
    server.closeAllConnections();
    server.close();
  }
}
