/**
 * Says why a call must not be made, when the AWS SDK and Pulumi's aws provider work in different
 * accounts: the SDK knows nothing of `aws:profile` and roles in Pulumi's configuration.
 *
 * @param what begins the sentence, for example "The endpoint"
 * @param expected account the stack is deployed to
 * @param actual account of the SDK's credentials, as GetCallerIdentity tells it
 */
export function accountProblem(
  what: string,
  expected: string,
  actual: string | undefined,
): string | undefined {
  if (actual === expected) {
    return undefined;
  }
  return (
    `${what} belongs to account ${expected}, but the AWS SDK's credentials are for account ` +
    `${actual ?? "unknown"}. It reads AWS_PROFILE and the AWS_* variables only, not Pulumi's aws:profile: ` +
    "set them to the same account."
  );
}
