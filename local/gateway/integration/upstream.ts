import { Agent, request } from "undici";

import { messageOf } from "../../../tools/terminal";
import { GatewayResponseError } from "../execution/exchange";

export interface UpstreamRequest {
  readonly service: string;
  readonly method: string;
  /** With query, percent-encoded. */
  readonly path: string;
  readonly headers: Record<string, string>;
  /** Name of the role that makes the call. Undefined: no role. */
  readonly role?: string;
  readonly body: string;
  readonly timeoutMilliseconds: number;
}

export interface UpstreamResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Environment variables with the address of a service, by its name in integration URIs. */
const ENDPOINT_VARIABLES: Readonly<Record<string, string>> = {
  "runtime.sagemaker": "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME",
};

/**
 * Tells the stand-in for a service, which does not verify signatures, which role makes the call, and that API Gateway
 * assumed it. The access key id has the form that `local/permissions/credentials.py` reads.
 */
export function callerHeaders(role: string): Record<string, string> {
  const scope = `ROLE.${role}/19700101/us-east-1/sagemaker/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=local`,
    "x-streaming-ml-taken-by": "apigateway.amazonaws.com",
  };
}

/** Calls AWS services over connections that are kept open. */
export class Upstream {
  private readonly agent = new Agent({ connections: 256, pipelining: 1 });

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  /**
   * @throws GatewayResponseError if the service does not answer in time, or is not known here
   */
  async send(call: UpstreamRequest): Promise<UpstreamResponse> {
    const origin = this.originOf(call.service);
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), call.timeoutMilliseconds);
    try {
      const answer = await request(new URL(call.path, origin), {
        dispatcher: this.agent,
        method: call.method,
        headers: { ...call.headers, ...(call.role && callerHeaders(call.role)) },
        body: call.method === "GET" ? null : call.body,
        signal: abort.signal,
      });
      return {
        status: answer.statusCode,
        headers: new Map(
          Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(",")]),
        ),
        body: await answer.body.text(),
      };
    } catch (error) {
      const type = abort.signal.aborted ? "INTEGRATION_TIMEOUT" : "INTEGRATION_FAILURE";
      const detail = messageOf(error);
      throw new GatewayResponseError(type, { detail });
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private originOf(service: string): string {
    const variable = Object.hasOwn(ENDPOINT_VARIABLES, service)
      ? ENDPOINT_VARIABLES[service]
      : undefined;
    const origin = variable === undefined ? undefined : this.environment[variable];
    if (origin === undefined) {
      throw new GatewayResponseError("API_CONFIGURATION_ERROR", {
        detail:
          variable === undefined
            ? `The local gateway does not know the service ${service}.`
            : `${variable} is not set, so the service ${service} cannot be reached.`,
      });
    }
    return origin;
  }
}
