import type { STSClient } from "@aws-sdk/client-sts";

// Dynamic resources run this from the stack's state, so the SDK is loaded with `import()` in the functions.

/** Account and region of a resource. */
export interface AccountAndRegion {
  readonly region: string;
  readonly accountId: string;
}

/**
 * Says why a call must not be made if the AWS SDK and Pulumi's aws provider use different accounts: the SDK ignores
 * `aws:profile` and the roles in Pulumi's configuration.
 *
 * @param what begins the sentence, for example "The endpoint"
 * @param client STS client. @default one for the region
 * @returns undefined when the SDK's credentials are the expected account's
 */
export async function accountProblem(
  what: string,
  { region, accountId }: AccountAndRegion,
  client?: Pick<STSClient, "send">,
): Promise<string | undefined> {
  const sts = await import("@aws-sdk/client-sts");
  const asked = client ?? new sts.STSClient({ region });
  const { Account: actual } = await asked.send(new sts.GetCallerIdentityCommand({}));
  return actual === accountId
    ? undefined
    : `${what} belongs to account ${accountId}, but the AWS SDK's credentials are for account ` +
        `${actual ?? "unknown"}. The SDK reads AWS_PROFILE and the AWS_* variables only, not Pulumi's aws:profile: ` +
        "set them to the same account.";
}

/**
 * Makes sure that the AWS SDK uses the account of a resource.
 *
 * @throws Error with the message of {@link accountProblem}
 */
export async function requireAccount(
  what: string,
  expected: AccountAndRegion,
  client?: Pick<STSClient, "send">,
): Promise<void> {
  const problem = await accountProblem(what, expected, client);
  if (problem !== undefined) {
    throw new Error(problem);
  }
}

/**
 * Whether an error of AWS means that the resource does not exist. SageMaker also reports that as a validation error,
 * and EMR as an invalid request.
 */
export function isNotFound(error: unknown): boolean {
  const { name = "", message = "" } = error as { name?: string; message?: string };
  switch (name) {
    case "NoSuchKey":
    case "NoSuchBucket":
    case "ResourceNotFound":
    case "ResourceNotFoundException":
      return true;
    case "ValidationException":
      return /could not find|does not exist|not found/i.test(message);
    case "InvalidRequestException":
      return /not valid|not exist|not found/i.test(message);
    default:
      return false;
  }
}

/** The response, or undefined if the resource does not exist. */
export async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}
