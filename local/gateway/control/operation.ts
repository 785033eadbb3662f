import type { Resources } from "./resources";

export interface ControlRequest {
  readonly resources: Resources;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly rawBody: string;
  /** The parsed body; an empty object if there is none. */
  readonly body: Record<string, unknown>;
}

export interface ControlResponse {
  readonly status: number;
  /** Undefined: the response has no body. */
  readonly body?: unknown;
}

/** One operation of API Gateway's API. */
export interface ControlOperation {
  /** Name in AWS's service model. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly run: (request: ControlRequest) => ControlResponse;
}

export const ok = (body: unknown): ControlResponse => ({ status: 200, body });
export const created = (body: unknown): ControlResponse => ({ status: 201, body });
export const accepted: ControlResponse = { status: 202 };

/** An optional string of a JSON body. */
export function optionalText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
