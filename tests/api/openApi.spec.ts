import { expect } from "chai";

import type { Operation } from "../../components/api/document";
import { errorTemplate } from "../../components/api/errorBodies";
import { buildOpenApi, type OpenApiInputs, publishedDocument } from "../../components/api/openApi";
import { compilePredictionSchema } from "../../contracts/prediction/compile";
import { EVERYTHING, PREDICTION, predictionSchema, side } from "../contracts/prediction/schemas";
import { ENDPOINT, inputs, MODEL, requestValidator } from "./openApiInputs";

// These tests prove the document we send; not that API Gateway imports it.

function operations(changes: Partial<OpenApiInputs> = {}): Record<string, Operation> {
  const { paths } = buildOpenApi({ ...inputs, ...changes });
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    ),
  );
}

describe("the OpenAPI document", () => {
  it("offers three operations, each behind the key", () => {
    const offered = operations();
    expect(Object.keys(offered)).to.deep.equal([
      "POST /v1/predictions",
      "GET /v1/health",
      "GET /v1/model",
    ]);
    for (const operation of Object.values(offered)) {
      expect(operation.security).to.deep.equal([{ apiKey: [] }]);
    }
  });

  it("sends predictions to the endpoint as they came, and no other content type", () => {
    const integration = operations()["POST /v1/predictions"]["x-amazon-apigateway-integration"];
    expect(integration).to.deep.include({
      type: "aws",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:us-east-1:runtime.sagemaker:path//endpoints/streaming-ml-test-1/invocations",
      credentials: ENDPOINT.roleArn,
      passthroughBehavior: "never",
      timeoutInMillis: 29000,
      requestTemplates: { "application/json": "$input.body" },
    });
    expect(integration.responses["2\\d{2}"]).to.deep.equal({ statusCode: "200" });
  });

  it("checks health with a real prediction, and answers without telling it", () => {
    const integration = operations()["GET /v1/health"]["x-amazon-apigateway-integration"];
    const sent = JSON.parse(integration.requestTemplates["application/json"]) as unknown;
    expect(sent).to.deep.equal({ instances: [inputs.prediction.sample] });
    expect(requestValidator()(sent)).to.equal(true);
    expect(integration.responses["2\\d{2}"].responseTemplates).to.deep.equal({
      "application/json": '{"status":"ok"}',
    });
  });

  it("keeps what a template would interpret out of the question of the health check", () => {
    const text = { text: "$input.body #set($x = 1)" };
    const schema = predictionSchema(
      side({ text: { type: "string" } }, { examples: [text] }),
      PREDICTION,
    );
    const prediction = compilePredictionSchema("w", "f", JSON.stringify(schema));
    const health = operations({ prediction })["GET /v1/health"]["x-amazon-apigateway-integration"];
    const template = health.requestTemplates["application/json"];
    expect(template).to.not.match(/[$#]/);
    expect(JSON.parse(template)).to.deep.equal({ instances: [text] });
  });

  it("has the title and the description of what the model is asked and answers", () => {
    const prediction = compilePredictionSchema("w", "f", JSON.stringify(EVERYTHING));
    expect(buildOpenApi({ ...inputs, prediction }).info).to.deep.equal({
      title: "Things",
      version: "1.0.0",
      description: "Says what a thing is.",
    });
  });

  it("describes the model by itself", () => {
    const integration = operations()["GET /v1/model"]["x-amazon-apigateway-integration"];
    expect(integration.type).to.equal("mock");
    const template = integration.responses.default.responseTemplates!["application/json"];
    expect(JSON.parse(template)).to.deep.equal(MODEL);
    // Whoever looks it up may know more than the API tells.
    const more = operations({ model: { ...MODEL, workload: "sentiment" } as typeof MODEL });
    expect(more["GET /v1/model"]["x-amazon-apigateway-integration"]).to.deep.equal(integration);
  });

  it("keeps what a template would interpret out of the model's description", () => {
    const model = { ...MODEL, trainedFrom: "s3://lake/$input.body/#set($x=1)" };
    const integration = operations({ model })["GET /v1/model"]["x-amazon-apigateway-integration"];
    const template = integration.responses.default.responseTemplates!["application/json"];
    expect(template).to.not.match(/[$#]/);
    expect(JSON.parse(template)).to.deep.equal(model);
  });

  it("answers 503 with the code no_model everywhere before there is a model", () => {
    for (const [name, operation] of Object.entries(operations({ endpoint: undefined }))) {
      const integration = operation["x-amazon-apigateway-integration"];
      expect(integration.type, name).to.equal("mock");
      expect(integration.responses, name).to.deep.equal({
        default: {
          statusCode: "503",
          responseTemplates: { "application/json": errorTemplate("no_model") },
        },
      });
      expect(integration, name).to.not.have.any.keys("uri", "credentials");
    }
  });

  it("declares every status an integration may answer with", () => {
    for (const changes of [{}, { endpoint: undefined }]) {
      for (const [name, operation] of Object.entries(operations(changes))) {
        const { responses } = operation["x-amazon-apigateway-integration"];
        const used = Object.values(responses).map(({ statusCode }) => statusCode);
        expect(Object.keys(operation.responses), name).to.include.members(used);
      }
    }
  });

  it("matches each status of SageMaker Runtime with one pattern", () => {
    const { responses } = operations()["POST /v1/predictions"]["x-amazon-apigateway-integration"];
    const mapped = (status: number): string => {
      const pattern = Object.keys(responses).find(
        (key) => key !== "default" && new RegExp(`^(?:${key})$`).test(String(status)),
      );
      return responses[pattern ?? "default"].statusCode;
    };
    expect([200, 400, 413, 424, 429, 500, 503, 530, 403].map(mapped)).to.deep.equal([
      "200",
      "503",
      "413",
      "502",
      "429",
      "503",
      "503",
      "503",
      "502",
    ]);
  });

  it("never passes a model's own error text on", () => {
    const { responses } = operations()["POST /v1/predictions"]["x-amazon-apigateway-integration"];
    for (const [pattern, { responseTemplates }] of Object.entries(responses)) {
      if (pattern !== "2\\d{2}") {
        expect(responseTemplates!["application/json"]).to.not.contain("$");
      }
    }
  });

  it("asks for a signature beside the key where the stack says so", () => {
    const [operation] = Object.values(operations({ authorization: "iam" }));
    expect(operation.security).to.deep.equal([{ apiKey: [], signature: [] }]);
    const { components } = buildOpenApi({ ...inputs, authorization: "iam" });
    expect(components.securitySchemes).to.have.nested.property(
      "signature.x-amazon-apigateway-authtype",
      "awsSigv4",
    );
  });

  it("is published without roles and integrations, with its address", () => {
    const document = publishedDocument(buildOpenApi(inputs), "https://api.example/live");
    expect(JSON.stringify(document)).to.not.match(/x-amazon|arn:/);
    expect(document).to.have.deep.property("servers", [{ url: "https://api.example/live" }]);
    expect(document).to.have.nested.property("paths./v1/predictions.post.operationId", "predict");
  });
});
