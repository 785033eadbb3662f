import { Failure } from "../failure";
import { failed, type Verdict } from "./verdict";

/** How services of AWS name the refusal of an action. */
const DENIED = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationError",
  "ForbiddenException",
  "NotAuthorized",
  "UnauthorizedOperation",
]);

/** How SDK and services name credentials that are absent, wrong or over. */
const CREDENTIALS = new Set([
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "TokenProviderError",
  "UnrecognizedClientException",
]);

/** Codes of Node for a service that nothing reaches. */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EHOSTUNREACH",
]);

/** What a check comes to that could not ask. */
export function refusalVerdict(error: unknown): Verdict {
  const { name, message } = error as Error;
  if (error instanceof Failure) {
    return failed(message, "Mend that, then verify again.");
  }
  const said = message.trim().replace(/\.$/, "");
  if (DENIED.has(name)) {
    const action = deniedAction(error as Error);
    return failed(
      `AWS does not let you ask: ${action === undefined ? said : `you lack ${action}`}.`,
      action === undefined
        ? "Allow it to whoever verifies, or verify as the deployer."
        : `Allow ${action} to whoever verifies, or verify as the deployer.`,
    );
  }
  if (CREDENTIALS.has(name)) {
    return failed(
      `AWS takes your credentials no more: ${said}.`,
      "Set AWS_PROFILE or the AWS_* variables, or log in again.",
    );
  }
  if (UNREACHABLE.has(networkCode(error))) {
    return failed(
      `Nothing answers: ${said || networkCode(error)}.`,
      "Look at your way to the network (proxy, VPN), then verify again.",
    );
  }
  return failed(
    `Asking failed: ${name}: ${said}.`,
    "Verify again; if it stays, open an issue with this report.",
  );
}

/** The IAM action that was refused, where the message or the SDK's metadata says it. */
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
