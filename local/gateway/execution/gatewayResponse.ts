import type { CompiledApi, GatewayResponse } from "../document/compile";
import { DEFAULT_MEDIA_TYPE, selectMediaType } from "../http/mediaType";
import type { MappingSource } from "../template/parameterMapping";
import { type ExecutionResponse, GatewayResponseError, RESPONSE_TYPES } from "./exchange";

/** The response to an error: the document's for its type, else API Gateway's own. */
export function gatewayResponse(
  api: CompiledApi | undefined,
  error: GatewayResponseError,
  source: MappingSource,
): ExecutionResponse {
  const defaults = RESPONSE_TYPES[error.responseType];
  const custom = customResponse(api, error.responseType, defaults.status);
  const headers: Record<string, string> = { "x-amzn-errortype": defaults.errorType };
  for (const { location, name, read } of custom?.parameters ?? []) {
    const value = read(source);
    if (location === "header" && value !== undefined) {
      headers[name.toLowerCase()] = value;
    }
  }
  const mediaType = selectMediaType(custom?.templates.keys() ?? [], source.headers.get("accept"));
  const template = mediaType === undefined ? undefined : custom?.templates.get(mediaType);
  return {
    status: custom?.status ?? defaults.status,
    headers: { "content-type": mediaType ?? DEFAULT_MEDIA_TYPE, ...headers },
    body:
      template === undefined
        ? JSON.stringify({ message: error.message })
        : template({
            body: "",
            requestId: source.requestId,
            error: {
              responseType: error.responseType,
              message: error.message,
              validationErrorString: error.validationErrorString,
            },
          }),
  };
}

function customResponse(
  api: CompiledApi | undefined,
  type: string,
  status: number,
): GatewayResponse | undefined {
  const responses = api?.gatewayResponses;
  return responses?.get(type) ?? responses?.get(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
}
