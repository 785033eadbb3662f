/** Connections to the stand-ins of AWS services, and what is said of their failures. */
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** Settings of every SDK client that speaks to a stand-in. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** Milliseconds after which a request fails: a stand-in that hangs must not hang the deployment too. */
const REQUEST_TIMEOUT = 60_000;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * The connection for one service, from `AWS_ENDPOINT_URL_<SERVICE>` or `AWS_ENDPOINT_URL`.
 *
 * The credentials are always the same: real ones must not be sent to a stand-in, and those of a
 * stand-in must not work anywhere else.
 *
 * @param service id of the service as in the environment variables of the AWS SDKs, for example `EMR`
 * @throws if no endpoint is set, or one that is not on this machine: `up` of the stack `local` must
 * never reach a real account
 */
export function connectionTo(
  service: string,
  region: string,
  environment: NodeJS.ProcessEnv = process.env,
): Connection {
  const variable = `AWS_ENDPOINT_URL_${service}`;
  const endpoint = environment[variable] ?? environment.AWS_ENDPOINT_URL;
  if (endpoint === undefined || endpoint === "") {
    throw new Error(
      `The stack "local" needs a stand-in for ${service}, but neither ${variable} nor ` +
        `AWS_ENDPOINT_URL is set. Start the local environment and use its variables.`,
    );
  }
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  if (!LOOPBACK.has(host)) {
    throw new Error(
      `The stack "local" deploys to stand-ins on this machine only, but the endpoint for ` +
        `${service} is "${endpoint}". Set ${variable} to a loopback address.`,
    );
  }
  return {
    endpoint,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 3,
    // Set for every client, because the Kinesis client would speak HTTP/2, which no stand-in does.
    requestHandler: new NodeHttpHandler({
      requestTimeout: REQUEST_TIMEOUT,
      throwOnRequestTimeout: true,
    }),
  };
}

/** Whether an error says that a resource does not exist. */
export function isMissing(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** Ignores that a resource does not exist: for deletes. */
export async function ignoreMissing(
  operation: Promise<unknown>,
  ...names: string[]
): Promise<void> {
  try {
    await operation;
  } catch (error) {
    if (!isMissing(error, ...names)) {
      throw error;
    }
  }
}

/** Whether a call that describes a resource finds it. */
export async function isPresent(operation: Promise<unknown>, ...names: string[]): Promise<boolean> {
  try {
    await operation;
    return true;
  } catch (error) {
    if (isMissing(error, ...names)) {
      return false;
    }
    throw error;
  }
}

/** The failure of a stand-in as a sentence that names the resource and the operation. */
export function describeFailure(
  operation: string,
  type: string,
  name: string,
  error: unknown,
): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = (cause as NodeJS.ErrnoException).code;
  const reason =
    code === "ECONNREFUSED" || code === "ECONNRESET"
      ? `the stand-in does not answer (${cause.message || code}). Is the local environment running?`
      : `${cause.name === "Error" ? "" : `${cause.name}: `}${cause.message}`;
  return new Error(`Could not ${operation} "${name}" (${type}): ${reason}`);
}
