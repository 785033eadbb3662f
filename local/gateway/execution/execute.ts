import { messageOf } from "../../../tools/terminal";
import type { Admission } from "../admission/admission";
import type { Resources } from "../control/resources";
import { type CompiledApi, findOperation } from "../document/compile";
import type { Operation } from "../document/operation";
import { mediaTypeOf } from "../http/mediaType";
import { executeIntegration, requireTemplate } from "../integration/execute";
import type { Upstream } from "../integration/upstream";
import type { MappingSource } from "../template/parameterMapping";
import {
  BodyTooLargeError,
  type ExecutionRecord,
  type ExecutionRequest,
  type ExecutionResponse,
  GatewayResponseError,
} from "./exchange";
import { gatewayResponse } from "./gatewayResponse";

/** What the execution of a request needs. */
export interface ExecutionContext {
  readonly resources: Resources;
  readonly admission: Admission;
  readonly upstream: Upstream;
}

/** What API Gateway answers if there is no such API or stage. */
const UNKNOWN_STAGE: ExecutionResponse = {
  status: 403,
  headers: { "content-type": "application/json", "x-amzn-errortype": "ForbiddenException" },
  body: JSON.stringify({ message: "Forbidden" }),
};

/** Executes one request to a deployed stage. */
export async function executeRequest(
  context: ExecutionContext,
  apiId: string,
  stageName: string,
  request: ExecutionRequest,
  record: ExecutionRecord,
): Promise<ExecutionResponse> {
  const api = context.resources.restApis.get(apiId);
  const stage = api?.stages.get(stageName);
  const definition = stage && api?.deployments.get(stage.deploymentId)?.definition;
  if (stage === undefined || definition === undefined) {
    record.errorType = "FORBIDDEN";
    return UNKNOWN_STAGE;
  }
  let source: MappingSource = { ...request, pathParameters: {} };
  try {
    const found = findOperation(definition, request.method, request.path);
    if (found === undefined) {
      throw new GatewayResponseError("MISSING_AUTHENTICATION_TOKEN");
    }
    const { operation, pathParameters } = found;
    source = { ...request, pathParameters };
    record.resourcePath = operation.path.template;
    const key = context.admission.admit({ apiId, stage, operation, headers: request.headers });
    record.apiKeyId = key?.id;
    const body = await readText(request);
    validate(operation, source, body);
    return await executeIntegration(
      { integration: operation.integration, source, body, stageVariables: stage.variables },
      context.upstream,
      record,
    );
  } catch (error) {
    return answerError(definition, error, source, record);
  }
}

function answerError(
  definition: CompiledApi,
  error: unknown,
  source: MappingSource,
  record: ExecutionRecord,
): ExecutionResponse {
  const known =
    error instanceof GatewayResponseError
      ? error
      : new GatewayResponseError("API_CONFIGURATION_ERROR", {
          detail: messageOf(error),
        });
  record.errorType = known.responseType;
  record.errorDetail = known.detail;
  return gatewayResponse(definition, known, source);
}

async function readText({ readBody }: ExecutionRequest): Promise<string> {
  try {
    const bytes = await readBody();
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      throw new GatewayResponseError("REQUEST_TOO_LARGE");
    }
    if (error instanceof TypeError) {
      throw new GatewayResponseError("BAD_REQUEST_BODY", {
        validationErrorString: "[body is not UTF-8 text]",
      });
    }
    throw error;
  }
}

/** A body whose media type has no model is not validated; whether it passes decides the integration's template. */
function validate(operation: Operation, source: MappingSource, body: string): void {
  const mediaType = mediaTypeOf(source.headers.get("content-type"));
  requireTemplate(operation.integration, mediaType);
  const missing = operation.requiredParameters
    .filter(({ location, name }) =>
      location === "header" ? !source.headers.has(name.toLowerCase()) : !source.query.has(name),
    )
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw new GatewayResponseError("BAD_REQUEST_PARAMETERS", {
      message: `Missing required request parameters: [${missing.join(", ")}]`,
    });
  }
  const violations = operation.bodyValidators.get(mediaType)?.(body);
  if (violations !== undefined) {
    throw new GatewayResponseError("BAD_REQUEST_BODY", { validationErrorString: violations });
  }
}
