import { z } from "zod";

import { messageOf } from "../../../tools/terminal";
import { compileTemplates, type Templates } from "../integration/definition";
import { compileParameterMappings, type ParameterMapping } from "../template/parameterMapping";
import { gatewayResponsesSchema, KNOWN_EXTENSIONS } from "./extensions";
import { compileOperation, type Operation } from "./operation";
import { bySpecificity, matchPath, parsePathPattern } from "./pathPattern";
import { isJsonObject } from "./reference";

/** A customised gateway response. */
export interface GatewayResponse {
  /** Undefined: the response type's own status. */
  readonly status?: number;
  readonly parameters: readonly ParameterMapping[];
  readonly templates: Templates;
}

/** A compiled document: what a deployment contains. */
export interface CompiledApi {
  /** Most specific path first. */
  readonly operations: readonly Operation[];
  /** By response type, for example `THROTTLED` or `DEFAULT_4XX`. */
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
}

/** The document cannot be executed; one sentence for each problem. */
export class DocumentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Errors found during import:\n\t${problems.join("\n\t")}`);
  }
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];
const ANY_METHOD = "x-amazon-apigateway-any-method";

/**
 * Compiles an OpenAPI 3.0 document with API Gateway's extensions.
 *
 * @throws DocumentError with all problems; what AWS would execute and this gateway cannot is a
 *   problem, too
 */
export function compileDocument(document: unknown): CompiledApi {
  if (!isJsonObject(document) || !String(document.openapi).startsWith("3.0")) {
    throw new DocumentError(["The document must be OpenAPI 3.0 in JSON."]);
  }
  const problems = [...unknownExtensions(document)];
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(isJsonObject(document.paths) ? document.paths : {})) {
    for (const [key, definition] of Object.entries(isJsonObject(item) ? item : {})) {
      if ((!METHODS.includes(key) && key !== ANY_METHOD) || !isJsonObject(definition)) {
        continue;
      }
      const method = key === ANY_METHOD ? "*" : key.toUpperCase();
      attempt(problems, `Unable to put method '${method}' on resource at path '${path}'`, () =>
        operations.push(compileOperation(document, parsePathPattern(path), method, definition)),
      );
    }
  }
  const gatewayResponses = new Map<string, GatewayResponse>();
  attempt(problems, "Unable to put gateway responses", () => {
    const definitions = document["x-amazon-apigateway-gateway-responses"] ?? {};
    for (const [type, definition] of Object.entries(gatewayResponsesSchema.parse(definitions))) {
      gatewayResponses.set(type, {
        status: definition.statusCode === undefined ? undefined : Number(definition.statusCode),
        parameters: compileParameterMappings(definition.responseParameters),
        templates: compileTemplates(definition.responseTemplates),
      });
    }
  });
  if (problems.length > 0) {
    throw new DocumentError(problems);
  }
  operations.sort((one, other) => bySpecificity(one.path, other.path));
  return { operations, gatewayResponses };
}

/** The operation for a request, with its path parameters; undefined if there is none. */
export function findOperation(
  api: CompiledApi,
  method: string,
  path: string,
): { operation: Operation; pathParameters: Record<string, string> } | undefined {
  for (const operation of api.operations) {
    const pathParameters = matchPath(operation.path, path);
    if (pathParameters !== undefined && (operation.method === method || operation.method === "*")) {
      return { operation, pathParameters };
    }
  }
  return undefined;
}

function attempt(problems: string[], what: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    problems.push(`${what}: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues
      .map((issue) => `${issue.path.map(String).join(".")}: ${issue.message}`)
      .join("; ");
  }
  return messageOf(error);
}

function unknownExtensions(value: unknown, pointer = "#"): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unknownExtensions(item, `${pointer}/${index}`));
  }
  if (!isJsonObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    key.startsWith("x-amazon-apigateway-") && !KNOWN_EXTENSIONS.has(key)
      ? [`The extension ${key} at ${pointer} is not executed here.`]
      : unknownExtensions(inner, `${pointer}/${key}`),
  );
}
