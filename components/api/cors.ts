import { CALL_HEADERS, EVERY_ORIGIN } from "./browserOrigins";
import type { CorsConfig } from "./config";
import type { OpenApiDocument, Operation } from "./document";

const ALLOW_ORIGIN = "Access-Control-Allow-Origin";

/** Headers of a request that a page signs (Signature Version 4). */
const SIGNATURE_HEADERS = [
  "authorization",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
];

/**
 * Adds CORS: an OPTIONS method for each path, and Access-Control-Allow-Origin on every response, gateway errors
 * included.
 *
 * Only the preflight response distinguishes several origins, because only there API Gateway evaluates a template. The
 * other responses allow every origin, which is safe: every operation needs x-api-key, and a browser sends that header
 * only after a preflight that allowed the page's origin. Browser credentials (cookies) are never allowed.
 */
export function withCors(
  document: OpenApiDocument,
  cors: CorsConfig,
  authorization: "apiKey" | "iam",
): OpenApiDocument {
  const value = `'${cors.origins.length === 1 ? cors.origins[0] : EVERY_ORIGIN}'`;
  const responses = document["x-amazon-apigateway-gateway-responses"];
  return {
    ...document,
    paths: mapValues(document.paths, (methods) => ({
      ...mapValues(methods, (operation) => readableByPages(operation, value)),
      options: preflight(Object.keys(methods), cors, authorization),
    })),
    "x-amazon-apigateway-gateway-responses": mapValues(responses, (response) => ({
      ...response,
      responseParameters: { [`gatewayresponse.header.${ALLOW_ORIGIN}`]: value },
    })),
  };
}

function readableByPages(operation: Operation, value: string): Operation {
  const integration = operation["x-amazon-apigateway-integration"];
  return {
    ...operation,
    responses: mapValues(operation.responses, (response) => ({
      ...response,
      headers: declared([ALLOW_ORIGIN]),
    })),
    "x-amazon-apigateway-integration": {
      ...integration,
      responses: mapValues(integration.responses, (response) => ({
        ...response,
        responseParameters: mapped({ [ALLOW_ORIGIN]: value }),
      })),
    },
  };
}

/** Browsers send no API key with a preflight request, so none is required. The response is fixed, without a backend. */
function preflight(
  methods: readonly string[],
  { origins, headers, maxAgeSeconds }: CorsConfig,
  authorization: "apiKey" | "iam",
): Operation {
  const [first, ...others] = origins;
  const names = [
    ...CALL_HEADERS,
    ...(authorization === "iam" ? SIGNATURE_HEADERS : []),
    ...headers.map((name) => name.toLowerCase()),
  ];
  const answered = {
    [ALLOW_ORIGIN]: `'${first}'`,
    "Access-Control-Allow-Methods": `'${methods.map((method) => method.toUpperCase()).join(",")}'`,
    "Access-Control-Allow-Headers": `'${[...new Set(names)].join(",")}'`,
    "Access-Control-Max-Age": `'${maxAgeSeconds}'`,
    ...(first === EVERY_ORIGIN ? {} : { Vary: "'Origin'" }),
  };
  return {
    summary: "Say which pages may call",
    security: [],
    responses: {
      "204": { description: "What a page may send", headers: declared(Object.keys(answered)) },
    },
    "x-amazon-apigateway-integration": {
      type: "mock",
      passthroughBehavior: "never",
      requestTemplates: { "application/json": '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: "204",
          responseParameters: mapped(answered),
          ...(others.length === 0
            ? {}
            : { responseTemplates: { "application/json": others.map(answerTo).join("") } }),
        },
      },
    },
  };
}

/**
 * Allows the origins after the first. A mapping can only name one; a template can override it (API Gateway developer
 * guide, "Override your API's request and response parameters"). `$input.params()` is case-sensitive, and browsers send
 * header names in lower case over HTTP/2. The origin returned comes from the stack's configuration, never from the
 * request.
 */
function answerTo(origin: string): string {
  const isAsked = ["Origin", "origin"]
    .map((name) => `$input.params().header.get("${name}") == "${origin}"`)
    .join(" || ");
  return `#if(${isAsked})#set($context.responseOverride.header.${ALLOW_ORIGIN} = "${origin}")#end`;
}

function mapped(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
  );
}

function declared(headers: readonly string[]): Record<string, object> {
  return Object.fromEntries(headers.map((name) => [name, { schema: { type: "string" } }]));
}

function mapValues<Value, Result>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
