import { matchPath, parsePathPattern } from "../document/pathPattern";
import { isJsonObject } from "../document/reference";
import { apiKeyOperations } from "./apiKeys";
import { deploymentOperations } from "./deployments";
import { badRequest, ControlError } from "./errors";
import type { ControlResponse } from "./operation";
import { Resources } from "./resources";
import { restApiOperations } from "./restApis";
import { stageOperations } from "./stages";
import { usagePlanKeyOperations } from "./usagePlanKeys";
import { usagePlanOperations } from "./usagePlans";

export interface ControlAnswer extends ControlResponse {
  /** Name of the operation, for the log; undefined if the call is not one of this API. */
  readonly operation?: string;
  /** Value of x-amzn-ErrorType. */
  readonly errorType?: string;
}

const OPERATIONS = [
  ...restApiOperations,
  ...deploymentOperations,
  ...stageOperations,
  ...apiKeyOperations,
  ...usagePlanOperations,
  ...usagePlanKeyOperations,
].map((operation) => ({ ...operation, pattern: parsePathPattern(operation.path) }));

/** Answers one call of API Gateway's own API, for example CreateStage; errors have the form that AWS SDKs read. */
export function answerControlCall(
  resources: Resources,
  method: string,
  path: string,
  query: URLSearchParams,
  rawBody: string,
): ControlAnswer {
  for (const operation of OPERATIONS) {
    const parameters = operation.method === method ? matchPath(operation.pattern, path) : undefined;
    if (parameters === undefined) {
      continue;
    }
    try {
      const body = operation.name.endsWith("RestApi") ? {} : parse(rawBody);
      const answer = operation.run({ resources, parameters, query, rawBody, body });
      return { ...answer, operation: operation.name };
    } catch (error) {
      if (error instanceof ControlError) {
        const { status, code, message } = error;
        return { status, body: { message }, errorType: code, operation: operation.name };
      }
      throw error;
    }
  }
  const message = `The local gateway does not know the call ${method} ${path}.`;
  return { status: 404, body: { message }, errorType: "UnknownOperationException" };
}

function parse(rawBody: string): Record<string, unknown> {
  if (rawBody === "") {
    return {};
  }
  try {
    const body: unknown = JSON.parse(rawBody);
    if (isJsonObject(body)) {
      return body;
    }
  } catch {
    // Refused below, like JSON that is not an object.
  }
  throw badRequest("Invalid JSON in request body");
}
