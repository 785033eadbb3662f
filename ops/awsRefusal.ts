/** Why AWS could not be asked, and what to do about it. */
export interface AwsRefusal {
  /** In a sentence. */
  readonly found: string;
  readonly todo: string;
}

/** How services of AWS name the refusal of an action. */
const DENIED = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationError",
  "ForbiddenException",
  "NotAuthorized",
  "UnauthorizedOperation",
]);

/** How the SDK names that it finds no credentials. */
const NO_CREDENTIALS = "CredentialsProviderError";

/** How SDK and services name credentials that are wrong or expired. */
const CREDENTIALS = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "TokenProviderError",
  "UnrecognizedClientException",
]);

const LOG_IN = "Set AWS_PROFILE or the AWS_* variables, or log in again.";

/** Codes of Node for a service that nothing reaches. */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EHOSTUNREACH",
]);

/** A permission, credentials or a network that is missing; undefined for any other error. */
export function awsRefusal(error: Error): AwsRefusal | undefined {
  const { name, message } = error;
  const said = message.trim().replace(/\.$/, "");
  if (DENIED.has(name)) {
    const action = deniedAction(error);
    return {
      found: `AWS does not let you ask: ${action === undefined ? said : `you lack ${action}`}.`,
      todo: `Allow ${action ?? "it"} to whoever runs this command, or run it as the deployer.`,
    };
  }
  if (name === NO_CREDENTIALS) {
    return { found: `There are no credentials for AWS: ${said}.`, todo: LOG_IN };
  }
  if (CREDENTIALS.has(name)) {
    return { found: `AWS does not accept your credentials: ${said}.`, todo: LOG_IN };
  }
  const code = networkCode(error);
  return UNREACHABLE.has(code)
    ? {
        found: `The service cannot be reached: ${said || code}.`,
        todo: "Check the network (proxy, VPN), then run the command again.",
      }
    : undefined;
}

/** The IAM action that was refused, where the message says it. */
function deniedAction({ message }: Error): string | undefined {
  return /not authorized to perform:? ([\w-]+:\w+)/.exec(message)?.[1];
}

function networkCode(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: unknown };
  if (code !== undefined) {
    return code;
  }
  return cause === undefined ? "" : networkCode(cause);
}
