import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import { type ErrorCode, ERRORS } from "../../contracts/predictionErrors";
import type { CorsConfig } from "./config";
import { withCors } from "./cors";
import type { OpenApiDocument, Operation, OperationResponse } from "./document";
import { buildGatewayResponses } from "./gatewayResponses";
import {
  endpointIntegration,
  type EndpointTarget,
  fixedIntegration,
  type Integration,
  integrationErrors,
  literalTemplate,
  noModelIntegration,
} from "./integrations";
import { buildSchemas } from "./schemas";

/** Response of `GET /v1/model`. */
export interface ModelDescription {
  readonly version: number;
  readonly modelPackageArn: string;
  /** RFC 3339. */
  readonly createdAt?: string;
  /** `s3://` prefix of the training set. */
  readonly trainedFrom?: string;
  readonly metrics?: Readonly<Record<string, number>>;
}

/** Inputs of the document, as plain values. */
export interface OpenApiInputs {
  /** The model's request and response. */
  readonly prediction: PredictionContract;
  /** Maximum instances in one request; 1 for a model whose instances differ in shape. */
  readonly maxInstances: number;
  readonly timeoutMilliseconds: number;
  readonly authorization: "apiKey" | "iam";
  /** Absent: every prediction returns 503 with the code no_model. */
  readonly endpoint?: EndpointTarget;
  readonly model?: ModelDescription;
  /** CORS. Absent: browsers allow no page of another origin to call the API. */
  readonly cors?: CorsConfig;
}

/** Raised with every change consumers can see. */
export const API_VERSION = "1.0.0";

/**
 * The API as one OpenAPI 3.0 document with API Gateway's extensions, ready for import.
 *
 * Requests go to SageMaker Runtime unchanged (`$input.body`). `passthroughBehavior: never` is needed because API
 * Gateway skips validation for a content type without a model; with it, such a request gets 415 and is not passed on.
 */
export function buildOpenApi(inputs: OpenApiInputs): OpenApiDocument {
  const { endpoint, model, prediction, timeoutMilliseconds, authorization, cors } = inputs;
  const predict =
    endpoint === undefined
      ? noModelIntegration()
      : endpointIntegration(endpoint, timeoutMilliseconds, "$input.body");
  const health =
    endpoint === undefined
      ? noModelIntegration()
      : endpointIntegration(
          endpoint,
          timeoutMilliseconds,
          literalTemplate({ instances: [prediction.sample] }),
          JSON.stringify({ status: "ok" }),
        );
  const describe =
    model === undefined || endpoint === undefined
      ? noModelIntegration()
      : fixedIntegration(publishedModel(model));
  const endpointErrors = integrationErrors(endpoint !== undefined);
  const operation = operationBuilder(authorization);
  const document: OpenApiDocument = {
    openapi: "3.0.1",
    info: {
      title: prediction.title,
      version: API_VERSION,
      description: prediction.description,
    },
    paths: {
      "/v1/predictions": {
        post: {
          ...operation("predict", "Ask the model", "PredictionResponse", predict, endpointErrors),
          requestBody: { required: true, content: jsonContent("PredictionRequest") },
          "x-amazon-apigateway-request-validator": "body",
        },
      },
      "/v1/health": {
        get: operation(
          "health",
          "Ask the model one fixed question",
          "Health",
          health,
          endpointErrors,
        ),
      },
      "/v1/model": {
        get: operation("describeModel", "Say which model answers", "Model", describe, ["no_model"]),
      },
    },
    components: {
      schemas: buildSchemas(prediction, inputs.maxInstances),
      securitySchemes: securitySchemes(authorization),
    },
    "x-amazon-apigateway-api-key-source": "HEADER",
    "x-amazon-apigateway-request-validators": {
      body: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-gateway-responses": buildGatewayResponses(authorization),
  };
  return cors === undefined ? document : withCors(document, cors, authorization);
}

/** Only the fields that the API returns: the caller's object may have more. */
function publishedModel(model: ModelDescription): ModelDescription {
  const { version, modelPackageArn, createdAt, trainedFrom, metrics } = model;
  return { version, modelPackageArn, createdAt, trainedFrom, metrics };
}

/**
 * The document for consumers: without the API Gateway extensions, and with the API's URL. It leaves out the OPTIONS
 * methods, too: browsers send preflight requests by themselves.
 */
export function publishedDocument(document: OpenApiDocument, url: string): object {
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, { options: _preflight, ...methods }]) => [
      path,
      methods,
    ]),
  );
  const published = withoutExtensions({ ...document, paths }) as object;
  return { ...published, servers: [{ url }] };
}

/** Removes every `x-amazon-` key, at any depth: they hold role and integration ARNs. */
function withoutExtensions(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutExtensions);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith("x-amazon-"))
      .map(([key, inner]) => [key, withoutExtensions(inner)]),
  );
}

/**
 * Errors that every operation may return, whatever its integration. `invalid_request` is one of them because API
 * Gateway reads a body before it knows whether the operation takes one.
 */
const COMMON_ERRORS: readonly ErrorCode[] = [
  "invalid_request",
  "access_denied",
  "invalid_api_key",
  "request_too_large",
  "unsupported_media_type",
  "throttled",
  "quota_exceeded",
  "internal_error",
  "timeout",
];

function operationBuilder(authorization: "apiKey" | "iam") {
  const security =
    authorization === "iam" ? [{ apiKey: [], signature: [] }] : [{ apiKey: [] as string[] }];
  return (
    operationId: string,
    summary: string,
    schema: string,
    integration: Integration,
    errors: readonly ErrorCode[],
  ): Operation => ({
    operationId,
    summary,
    security,
    responses: {
      "200": { description: "Success", content: jsonContent(schema) },
      ...errorResponses([...COMMON_ERRORS, ...errors]),
    },
    "x-amazon-apigateway-integration": integration,
  });
}

function errorResponses(codes: readonly ErrorCode[]): Record<string, OperationResponse> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, listed]) => [
      String(status),
      {
        description: listed.map((code) => `${code}: ${ERRORS[code].message}`).join(" "),
        content: jsonContent("ApiError"),
      },
    ]),
  );
}

function securitySchemes(authorization: "apiKey" | "iam"): Record<string, object> {
  const apiKey = { type: "apiKey", name: "x-api-key", in: "header" };
  if (authorization === "apiKey") {
    return { apiKey };
  }
  const signature = {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "awsSigv4",
  };
  return { apiKey, signature };
}

function jsonContent(schema: string): object {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
}
