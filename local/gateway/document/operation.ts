import { compileIntegration, type Integration } from "../integration/definition";
import { type BodyValidator, compileBodyValidator } from "../validation/bodyValidator";
import { integrationSchema, requestValidatorsSchema } from "./extensions";
import { requireMethodResponses } from "./methodResponses";
import type { PathPattern } from "./pathPattern";
import { isJsonObject, type JsonObject, resolveReference } from "./reference";

/** A compiled method of a resource. */
export interface Operation {
  /** In upper case; `*` is any method. */
  readonly method: string;
  readonly path: PathPattern;
  readonly apiKeyRequired: boolean;
  /** Whether the request must be signed with Signature Version 4. */
  readonly signatureRequired: boolean;
  /** By media type; empty if bodies are not validated. */
  readonly bodyValidators: ReadonlyMap<string, BodyValidator>;
  /** Parameters without which the request validator refuses a request. */
  readonly requiredParameters: readonly RequiredParameter[];
  readonly integration: Integration;
}

export interface RequiredParameter {
  readonly location: "header" | "query";
  readonly name: string;
}

/** @throws Error (or ZodError) that says what cannot be executed */
export function compileOperation(
  document: JsonObject,
  path: PathPattern,
  method: string,
  definition: JsonObject,
): Operation {
  const given = resolveReference(document, definition["x-amazon-apigateway-integration"]);
  if (given === undefined) {
    throw new Error("No integration defined for method");
  }
  const integration = integrationSchema.parse(given);
  requireMethodResponses(document, definition, integration);
  const validator = requestValidator(document, definition);
  return {
    method,
    path,
    ...security(document, definition),
    bodyValidators: validator.validateRequestBody
      ? bodyValidators(document, definition)
      : new Map<string, BodyValidator>(),
    requiredParameters: validator.validateRequestParameters
      ? requiredParameters(document, definition)
      : [],
    integration: compileIntegration(integration),
  };
}

function requestValidator(
  document: JsonObject,
  definition: JsonObject,
): { validateRequestBody: boolean; validateRequestParameters: boolean } {
  const key = "x-amazon-apigateway-request-validator";
  const name = definition[key] ?? document[key];
  if (name === undefined) {
    return { validateRequestBody: false, validateRequestParameters: false };
  }
  const validators = requestValidatorsSchema.parse(
    document["x-amazon-apigateway-request-validators"] ?? {},
  );
  const validator = typeof name === "string" ? validators[name] : undefined;
  if (validator === undefined) {
    throw new Error(`The request validator ${JSON.stringify(name)} is not defined.`);
  }
  return validator;
}

/**
 * In OpenAPI any one entry of `security` is enough; API Gateway requires the key as soon as an entry
 * names an API key scheme.
 */
function security(
  document: JsonObject,
  definition: JsonObject,
): Pick<Operation, "apiKeyRequired" | "signatureRequired"> {
  const required = (definition.security ?? document.security ?? []) as JsonObject[];
  const names = new Set(required.flatMap((entry) => Object.keys(entry)));
  let apiKeyRequired = false;
  let signatureRequired = false;
  for (const name of names) {
    const scheme = resolveReference(document, {
      $ref: `#/components/securitySchemes/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    });
    if (!isJsonObject(scheme) || scheme.type !== "apiKey") {
      throw new Error(`The security scheme ${name} must be of type apiKey.`);
    }
    if (scheme["x-amazon-apigateway-authtype"] === "awsSigv4") {
      signatureRequired = true;
    } else if (String(scheme.name).toLowerCase() === "x-api-key" && scheme.in === "header") {
      apiKeyRequired = true;
    } else {
      throw new Error(
        `The security scheme ${name} must be the header x-api-key or awsSigv4; authorizers are ` +
          "not executed here.",
      );
    }
  }
  return { apiKeyRequired, signatureRequired };
}

function bodyValidators(document: JsonObject, definition: JsonObject): Map<string, BodyValidator> {
  const body = resolveReference(document, definition.requestBody);
  const content = isJsonObject(body) && isJsonObject(body.content) ? body.content : {};
  return new Map(
    Object.entries(content).flatMap(([mediaType, media]) =>
      isJsonObject(media) && isJsonObject(media.schema)
        ? [[mediaType.toLowerCase(), compileBodyValidator(media.schema, document.components)]]
        : [],
    ),
  );
}

function requiredParameters(document: JsonObject, definition: JsonObject): RequiredParameter[] {
  const parameters = (definition.parameters ?? []) as unknown[];
  return parameters
    .map((parameter) => resolveReference(document, parameter))
    .filter(isJsonObject)
    .filter(({ required, in: location }) => required === true && location !== "path")
    .map(({ in: location, name }) => {
      if (location !== "header" && location !== "query") {
        throw new Error(`The parameter ${String(name)} must be in header, query or path.`);
      }
      return { location, name: String(name) };
    });
}
