import { expect } from "chai";

import type { CorsConfig } from "../../components/api/config";
import type { OpenApiDocument, Operation } from "../../components/api/document";
import { buildOpenApi, type OpenApiInputs, publishedDocument } from "../../components/api/openApi";
import { inputs } from "./openApiInputs";

// These tests prove the document we send; not that API Gateway imports it.

const APP = "https://app.example.com";
const SHOP = "https://shop.example.com:8443";
const LOCAL = "http://localhost:3000";

function built(cors?: Partial<CorsConfig>, changes: Partial<OpenApiInputs> = {}): OpenApiDocument {
  const whole = cors && { origins: [APP], headers: [], maxAgeSeconds: 600, ...cors };
  return buildOpenApi({ ...inputs, ...changes, cors: whole });
}

const preflight = (document: OpenApiDocument, path = "/v1/predictions"): Operation =>
  document.paths[path].options;
const answer = (document: OpenApiDocument, path?: string) =>
  preflight(document, path)["x-amazon-apigateway-integration"].responses.default;
const header = (name: string) => `method.response.header.${name}`;
const text = { schema: { type: "string" } };

describe("the OpenAPI document without browsers", () => {
  it("has no preflight and no header of theirs", () => {
    const document = JSON.stringify(built());
    expect(document).to.equal(JSON.stringify(buildOpenApi(inputs)));
    expect(document).to.not.match(/access-control|"options"|"vary"|"headers"/i);
    expect(document).to.not.contain("responseParameters");
  });
});

describe("the OpenAPI document for browsers", () => {
  it("answers the preflight of one origin by mappings alone, and asks for no key", () => {
    expect(preflight(built({}))).to.deep.equal({
      summary: "Say which pages may call",
      security: [],
      responses: {
        "204": {
          description: "What a page may send",
          headers: {
            "Access-Control-Allow-Origin": text,
            "Access-Control-Allow-Methods": text,
            "Access-Control-Allow-Headers": text,
            "Access-Control-Max-Age": text,
            Vary: text,
          },
        },
      },
      "x-amazon-apigateway-integration": {
        type: "mock",
        passthroughBehavior: "never",
        requestTemplates: { "application/json": '{"statusCode":204}' },
        responses: {
          default: {
            statusCode: "204",
            responseParameters: {
              [header("Access-Control-Allow-Origin")]: `'${APP}'`,
              [header("Access-Control-Allow-Methods")]: "'POST'",
              [header("Access-Control-Allow-Headers")]: "'content-type,x-api-key'",
              [header("Access-Control-Max-Age")]: "'600'",
              [header("Vary")]: "'Origin'",
            },
          },
        },
      },
    });
  });

  it("has a preflight for each path, with the path's own methods", () => {
    const document = built({});
    const methods = Object.keys(document.paths).map((path) => [
      path,
      Object.keys(document.paths[path]),
      answer(document, path).responseParameters![header("Access-Control-Allow-Methods")],
    ]);
    expect(methods).to.deep.equal([
      ["/v1/predictions", ["post", "options"], "'POST'"],
      ["/v1/health", ["get", "options"], "'GET'"],
      ["/v1/model", ["get", "options"], "'GET'"],
    ]);
  });

  it("answers each further origin with itself, by a template that repeats nothing of the request", () => {
    const { responseParameters, responseTemplates } = answer(
      built({ origins: [APP, SHOP, LOCAL] }),
    );
    expect(responseParameters![header("Access-Control-Allow-Origin")]).to.equal(`'${APP}'`);
    const rule = (origin: string) =>
      `#if($input.params().header.get("Origin") == "${origin}" || ` +
      `$input.params().header.get("origin") == "${origin}")` +
      `#set($context.responseOverride.header.Access-Control-Allow-Origin = "${origin}")#end`;
    expect(responseTemplates).to.deep.equal({ "application/json": rule(SHOP) + rule(LOCAL) });
  });

  it("answers pages of every origin alike, whatever lies between them and the gateway", () => {
    const { responseParameters, responseTemplates } = answer(built({ origins: ["*"] }));
    expect(responseParameters![header("Access-Control-Allow-Origin")]).to.equal("'*'");
    expect(responseParameters).to.not.have.property(header("Vary"));
    expect(responseTemplates).to.equal(undefined);
  });

  it("allows further headers, and those of a signature where the stack wants one", () => {
    const allowed = (document: OpenApiDocument) =>
      answer(document).responseParameters![header("Access-Control-Allow-Headers")];
    const headers = ["Traceparent", "X-Amz-Date"];
    expect(allowed(built({ headers }))).to.equal("'content-type,x-api-key,traceparent,x-amz-date'");
    expect(allowed(built({ headers }, { authorization: "iam" }))).to.equal(
      "'content-type,x-api-key,authorization,x-amz-content-sha256,x-amz-date,x-amz-security-token,traceparent'",
    );
    expect(preflight(built({}, { authorization: "iam" })).security).to.deep.equal([]);
  });

  for (const [origins, value] of [
    [[APP], `'${APP}'`],
    [[APP, SHOP], "'*'"],
    [["*"], "'*'"],
  ] as const) {
    for (const [what, changes] of [
      ["with a model", {}],
      ["without a model", { endpoint: undefined }],
    ] as const) {
      it(`lets pages of ${origins.join(" and ")} read every answer of an API ${what}`, () => {
        const plain = built(undefined, changes);
        const document = built({ origins: [...origins] }, changes);
        for (const [path, operations] of Object.entries(plain.paths)) {
          for (const [method, before] of Object.entries(operations)) {
            const place = `${method} ${path}`;
            const operation = document.paths[path][method];
            const { responses, ...integration } = operation["x-amazon-apigateway-integration"];
            for (const [pattern, response] of Object.entries(responses)) {
              expect(response, place).to.deep.equal({
                ...before["x-amazon-apigateway-integration"].responses[pattern],
                responseParameters: { [header("Access-Control-Allow-Origin")]: value },
              });
            }
            for (const [status, response] of Object.entries(operation.responses)) {
              expect(response, place).to.deep.equal({
                ...before.responses[status],
                headers: { "Access-Control-Allow-Origin": text },
              });
            }
            // The rest of the operation is as it was: the key, the validator, what the endpoint is asked.
            expect({
              ...operation,
              responses: before.responses,
              "x-amazon-apigateway-integration": {
                ...integration,
                responses: before["x-amazon-apigateway-integration"].responses,
              },
            }).to.deep.equal(before);
          }
        }
        const gateway = document["x-amazon-apigateway-gateway-responses"];
        expect(Object.keys(gateway)).to.include.members(["DEFAULT_4XX", "DEFAULT_5XX"]);
        for (const [type, response] of Object.entries(gateway)) {
          expect(response, type).to.deep.equal({
            ...plain["x-amazon-apigateway-gateway-responses"][type],
            responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": value },
          });
        }
      });
    }
  }

  it("never allows credentials that a browser adds by itself", () => {
    for (const origins of [[APP], [APP, SHOP], ["*"]]) {
      expect(JSON.stringify(built({ origins }))).to.not.match(/allow-credentials/i);
    }
  });

  it("is published without preflights, which are no operations of the API", () => {
    const published = publishedDocument(built({}), "https://api.example/live") as OpenApiDocument;
    const methods = Object.values(published.paths).flatMap((item) => Object.keys(item));
    expect(methods).to.deep.equal(["post", "get", "get"]);
    expect(published.paths["/v1/model"].get.responses["200"].headers).to.deep.equal({
      "Access-Control-Allow-Origin": text,
    });
  });
});
