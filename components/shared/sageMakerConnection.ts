import type * as sagemaker from "@aws-sdk/client-sagemaker";

import { accountProblem } from "./accountGuard";

/** How SageMaker is reached, and the clock that waits for it; tests bring their own. */
export interface SageMakerConnection {
  readonly client: Pick<sagemaker.SageMakerClient, "send">;
  readonly sdk: typeof sagemaker;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
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
  { region, accountId }: { readonly region: string; readonly accountId: string },
): Promise<SageMakerConnection> {
  const sdk = await import("@aws-sdk/client-sagemaker");
  const sts = await import("@aws-sdk/client-sts");
  const identity = await new sts.STSClient({ region }).send(new sts.GetCallerIdentityCommand({}));
  const problem = accountProblem(what, accountId, identity.Account);
  if (problem !== undefined) {
    throw new Error(problem);
  }
  return {
    client: new sdk.SageMakerClient({ region }),
    sdk,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => Date.now(),
  };
}
