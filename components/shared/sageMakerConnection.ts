import type * as sagemaker from "@aws-sdk/client-sagemaker";

import { type AccountAndRegion, requireAccount } from "./awsAnswers";
import { type Clock, systemClock } from "./verifiedDeployment";

/** The SageMaker client, and the clock used to wait; tests pass their own. */
export interface SageMakerConnection extends Clock {
  readonly client: Pick<sagemaker.SageMakerClient, "send">;
  readonly sdk: typeof sagemaker;
}

/**
 * Creates a client for a region. For dynamic resources, which Pulumi serializes with the functions they call, so the
 * SDK is loaded with `import()`.
 *
 * @param what begins the error message, for example "The endpoint"
 * @throws Error when the SDK's credentials belong to another account
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
