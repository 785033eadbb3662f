import {
  type ExecutionRecord,
  type ExecutionResponse,
  GatewayResponseError,
} from "../execution/exchange";
import { DEFAULT_MEDIA_TYPE, mediaTypeOf, selectMediaType } from "../http/mediaType";
import { type MappingTemplate, TemplateInputError } from "../template/mappingTemplate";
import type { MappingSource } from "../template/parameterMapping";
import type { AwsTarget, Integration } from "./definition";
import type { Upstream, UpstreamResponse } from "./upstream";

export interface IntegrationCall {
  readonly integration: Integration;
  readonly source: MappingSource;
  readonly body: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** Renders the request, calls the service (or, for a mock, nothing) and renders the response. */
export async function executeIntegration(
  call: IntegrationCall,
  upstream: Upstream,
  record: ExecutionRecord,
): Promise<ExecutionResponse> {
  const { integration, source } = call;
  const mediaType = mediaTypeOf(source.headers.get("content-type"));
  const body = renderRequest(call, mediaType);
  const started = performance.now();
  const answer =
    integration.target === undefined
      ? mockAnswer(body)
      : await upstream.send({
          ...address(integration.target, call),
          method: integration.target.method,
          headers: requestHeaders(call, mediaType),
          role: integration.target.role,
          body,
          timeoutMilliseconds: integration.timeoutMilliseconds,
        });
  record.integrationStatus = answer.status;
  record.integrationMilliseconds = Math.round((performance.now() - started) * 1000) / 1000;
  return renderResponse(call, answer);
}

/** @throws GatewayResponseError with 415 if `passthroughBehavior` does not let such a body pass */
export function requireTemplate(integration: Integration, mediaType: string): void {
  const { requestTemplates, passthroughBehavior } = integration;
  const passes =
    requestTemplates.has(mediaType) ||
    passthroughBehavior === "when_no_match" ||
    (passthroughBehavior === "when_no_templates" && requestTemplates.size === 0);
  if (!passes) {
    throw new GatewayResponseError("UNSUPPORTED_MEDIA_TYPE");
  }
}

function renderRequest({ integration, source, body }: IntegrationCall, mediaType: string): string {
  const template = integration.requestTemplates.get(mediaType);
  if (template === undefined) {
    return body;
  }
  try {
    return template({ body, requestId: source.requestId });
  } catch (error) {
    if (error instanceof TemplateInputError) {
      throw new GatewayResponseError("BAD_REQUEST_BODY", { message: error.message });
    }
    throw error;
  }
}

function requestHeaders(
  { integration, source }: IntegrationCall,
  mediaType: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": mediaType,
    "x-amzn-apigateway-request-id": source.requestId,
  };
  for (const { location, name, read } of integration.requestParameters) {
    const value = read(source);
    if (location === "header" && value !== undefined) {
      headers[name.toLowerCase()] = value;
    }
  }
  return headers;
}

function address(
  target: AwsTarget,
  { integration, source, stageVariables }: IntegrationCall,
): { service: string; path: string } {
  const query = new URLSearchParams();
  let path = target.path.replaceAll(
    /\$\{stageVariables\.(\w+)\}/g,
    (_whole, name: string) => stageVariables[name] ?? "",
  );
  for (const { location, name, read } of integration.requestParameters) {
    const value = read(source);
    if (location === "path") {
      path = path.replaceAll(`{${name}}`, encodeURIComponent(value ?? ""));
    } else if (location === "querystring" && value !== undefined) {
      query.append(name, value);
    }
  }
  return { service: target.service, path: query.size > 0 ? `${path}?${query.toString()}` : path };
}

/** A mock answers with the status in its rendered request. */
function mockAnswer(rendered: string): UpstreamResponse {
  let status: unknown;
  try {
    status = (JSON.parse(rendered) as { statusCode?: unknown }).statusCode;
  } catch {
    status = undefined;
  }
  if (typeof status !== "number") {
    throw new GatewayResponseError("API_CONFIGURATION_ERROR", {
      detail:
        "The request template of a mock integration must yield JSON with a number `statusCode`.",
    });
  }
  return { status, headers: new Map(), body: "" };
}

function renderResponse(call: IntegrationCall, answer: UpstreamResponse): ExecutionResponse {
  const { integration, source } = call;
  const response = integration.responses.find(({ pattern }) => pattern.test(String(answer.status)));
  if (response === undefined) {
    throw new GatewayResponseError("API_CONFIGURATION_ERROR", {
      detail: `No integration response matches the status ${answer.status}.`,
    });
  }
  const mediaType = selectMediaType(response.templates.keys(), source.headers.get("accept"));
  const template = mediaType === undefined ? undefined : response.templates.get(mediaType);
  const headers: Record<string, string> = { "content-type": mediaType ?? DEFAULT_MEDIA_TYPE };
  for (const { location, name, read } of response.parameters) {
    const value = read({ ...source, integrationHeaders: answer.headers });
    if (location === "header" && value !== undefined) {
      headers[name.toLowerCase()] = value;
    }
  }
  for (const [name, value] of template?.overrides(source.sentHeaders) ?? []) {
    headers[name] = value;
  }
  const body = renderAnswer(template?.text, answer.body, source);
  return { status: response.status, headers, body };
}

function renderAnswer(
  template: MappingTemplate | undefined,
  body: string,
  { requestId }: MappingSource,
): string {
  if (template === undefined) {
    return body;
  }
  try {
    return template({ body, requestId });
  } catch (error) {
    if (error instanceof TemplateInputError) {
      throw new GatewayResponseError("API_CONFIGURATION_ERROR", {
        detail: `The response of the integration: ${error.message}`,
      });
    }
    throw error;
  }
}
