/**
 * An API unlike ours, so that the tests prove that the gateway executes the document.
 *
 * @param changes members of the document to replace
 * @param timeoutMilliseconds timeout of the integration; so long by default that a busy machine changes no response
 */
export function petsDocument(
  changes: Record<string, unknown> = {},
  timeoutMilliseconds = 29_000,
): Record<string, unknown> {
  return {
    openapi: "3.0.1",
    info: { title: "Pets", version: "1", description: "Animals." },
    paths: {
      "/pets": {
        post: {
          security: [{ key: [] }],
          "x-amazon-apigateway-request-validator": "all",
          parameters: [
            { name: "X-Shop", in: "header", required: true },
            { name: "page", in: "query", required: false },
          ],
          requestBody: {
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          responses: {
            ...methodResponses(201, ["X-Fixed", "X-From"]),
            ...methodResponses(410),
            ...methodResponses(418),
            ...methodResponses(503),
          },
          "x-amazon-apigateway-integration": {
            ...serviceIntegration("/endpoints/${stageVariables.shop}/invocations"),
            timeoutInMillis: timeoutMilliseconds,
            requestParameters: {
              "integration.request.header.Content-Type": "'application/json'",
              "integration.request.header.X-Request": "context.requestId",
              "integration.request.header.X-Shop": "method.request.header.X-Shop",
              "integration.request.querystring.page": "method.request.querystring.page",
            },
            requestTemplates: { "application/json": "$input.body" },
            responses: {
              // Matches no status as a whole, only a part of many.
              "0": { statusCode: "418" },
              "2\\d{2}": {
                statusCode: "201",
                responseParameters: {
                  "method.response.header.X-Fixed": "'yes'",
                  "method.response.header.X-From": "integration.response.header.X-From",
                },
              },
              "404": {
                statusCode: "410",
                responseTemplates: { "application/json": `{"was":$input.json('$')}` },
              },
              "5\\d{2}": {
                statusCode: "503",
                responseTemplates: { "application/json": `{"error":"busy"}` },
              },
            },
          },
        },
      },
      "/pets/{id}": {
        get: {
          responses: methodResponses(200),
          "x-amazon-apigateway-integration": {
            ...serviceIntegration("/endpoints/{pet}/invocations"),
            requestParameters: {
              "integration.request.path.pet": "method.request.path.id",
            },
            requestTemplates: { "application/json": `{"fixed":true}` },
            responses: { default: { statusCode: "200" } },
          },
        },
        "x-amazon-apigateway-any-method": {
          security: [{ signature: [] }],
          ...mockOperation(405),
        },
      },
      "/pets/mine": {
        get: mockOperation(200),
      },
    },
    components: {
      schemas: {
        Pet: {
          type: "object",
          required: ["name"],
          additionalProperties: false,
          properties: { name: { type: "string", maxLength: 5 } },
        },
      },
      securitySchemes: {
        key: { type: "apiKey", name: "x-api-key", in: "header" },
        signature: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "awsSigv4",
        },
      },
    },
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    ...changes,
  };
}

export function serviceIntegration(path: string): Record<string, unknown> {
  return {
    type: "aws",
    httpMethod: "POST",
    uri: `arn:aws:apigateway:us-east-1:runtime.sagemaker:path/${path}`,
    credentials: "arn:aws:iam::123456789012:role/gateway",
    passthroughBehavior: "never",
  };
}

/** One declared status of an operation, with the headers that may be mapped. */
export function methodResponses(status: number, headers: string[] = []): Record<string, object> {
  const declared = headers.map((name) => [name, { schema: { type: "string" } }] as const);
  return { [status]: { description: "An answer", headers: Object.fromEntries(declared) } };
}

export function mockOperation(status: number): Record<string, unknown> {
  return {
    responses: methodResponses(status),
    "x-amazon-apigateway-integration": mockIntegration(status),
  };
}

export function mockIntegration(status: number): Record<string, unknown> {
  return {
    type: "mock",
    passthroughBehavior: "never",
    requestTemplates: { "application/json": `{"statusCode":${status}}` },
    responses: {
      default: {
        statusCode: String(status),
        responseTemplates: { "application/json": `{"mock":${status},"id":"$context.requestId"}` },
      },
    },
  };
}
