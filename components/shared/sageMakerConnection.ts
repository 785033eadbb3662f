import type * as sagemaker from "@aws-sdk/client-sagemaker";

import { type AccountAndRegion, requireAccount } from "./awsAnswers";
import { type Clock, systemClock } from "./verifiedDeployment";

/** How SageMaker is reached, and the clock that waits for it; tests bring their own. */
export interface SageMakerConnection extends Clock {
  readonly client: Pick<sagemaker.SageMakerClient, "send">;
  readonly sdk: typeof sagemaker;
}

/**
 * Opens a client for a region. For dynamic resources, which Pulumi stores with what they call: the SDK comes by
 * `import()` inside.
 *
 * @param what begins the sentence of a refusal, for example "The endpoint"
 * @throws Error when the SDK's credentials are another account's
 */
export async function connectToSageMaker(
  what: string,
  expected: AccountAndRegion,
): Promise<SageMakerConnection> {
  await requireAccount(what, expected);
  const sdk = await import("@aws-sdk/client-sagemaker");
  const client = new sdk.SageMakerClient({ region: expected.region });
  return { client, sdk, ...systemClock() };
}
