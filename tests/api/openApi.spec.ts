import AjvDraft04 from "ajv-draft-04";
import { expect } from "chai";

import { ERRORS, errorTemplate, type ErrorCode } from "../../components/api/errorBodies";
import {
  buildOpenApi,
  HEALTH_TEXT,
  publishedDocument,
  type OpenApiInputs,
} from "../../components/api/openApi";
import eventSchema from "../../contracts/event.schema.json";

// These tests prove the document we send; not that API Gateway imports it.

const ENDPOINT = {
  partition: "aws",
  region: "us-east-1",
  name: "streaming-ml-test-1",
  roleArn: "arn:aws:iam::123456789012:role/api",
};
const MODEL = { version: 3, modelPackageArn: "arn:package/3", metrics: { macroF1: 0.75 } };

const inputs: OpenApiInputs = {
  eventSchema,
  maxInstances: 64,
  timeoutMilliseconds: 29000,
  authorization: "apiKey",
  endpoint: ENDPOINT,
  model: MODEL,
};

interface Operation {
  readonly security: object[];
  readonly responses: Record<string, object>;
  readonly "x-amazon-apigateway-integration": {
    readonly type: string;
    readonly uri?: string;
    readonly credentials?: string;
    readonly passthroughBehavior: string;
    readonly requestTemplates: Record<string, string>;
    readonly responses: Record<
      string,
      { statusCode: string; responseTemplates?: Record<string, string> }
    >;
  };
}

function operations(changes: Partial<OpenApiInputs> = {}): Record<string, Operation> {
  const { paths } = buildOpenApi({ ...inputs, ...changes });
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        operation as Operation,
      ]),
    ),
  );
}

/** Validates as API Gateway does: JSON schema draft 4, references into the document. */
function requestValidator(maxInstances = 64) {
  const { components } = buildOpenApi({ ...inputs, maxInstances });
  const ajv = new AjvDraft04({ strict: false });
  ajv.addSchema({ id: "document", components });
  return ajv.compile({ $ref: "document#/components/schemas/PredictionRequest" });
}

const post = (text: unknown) => ({ text });

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
    expect(sent).to.deep.equal({ instances: [post(HEALTH_TEXT)] });
    expect(requestValidator()(sent)).to.equal(true);
    expect(integration.responses["2\\d{2}"].responseTemplates).to.deep.equal({
      "application/json": '{"status":"ok"}',
    });
  });

  it("describes the model by itself", () => {
    const integration = operations()["GET /v1/model"]["x-amazon-apigateway-integration"];
    expect(integration.type).to.equal("mock");
    const template = integration.responses.default.responseTemplates!["application/json"];
    expect(JSON.parse(template)).to.deep.equal(MODEL);
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

describe("the models requests are checked against", () => {
  it("accept 1 to 64 posts, and refuse fewer and more", () => {
    const validate = requestValidator();
    const request = (count: number) => ({
      instances: Array.from({ length: count }, () => post("good")),
    });
    expect([1, 64].map((count) => validate(request(count)))).to.deep.equal([true, true]);
    expect([0, 65].map((count) => validate(request(count)))).to.deep.equal([false, false]);
    expect(requestValidator(2)(request(3))).to.equal(false);
  });

  it("hold the text to the event contract's limits", () => {
    const validate = requestValidator();
    const { maxLength } = eventSchema.properties.text;
    const request = (length: number) => ({ instances: [post("x".repeat(length))] });
    expect([1, maxLength].map((length) => validate(request(length)))).to.deep.equal([true, true]);
    expect([0, maxLength + 1].map((length) => validate(request(length)))).to.deep.equal([
      false,
      false,
    ]);
  });

  it("refuse missing, misspelt and additional members", () => {
    const validate = requestValidator();
    for (const body of [
      {},
      [],
      "text",
      { instances: "good" },
      { instances: ["good"] },
      { instances: [post(1)] },
      { instances: [post(null)] },
      { instances: [{ text: "good", lang: "en" }] },
      { instances: [post("good")], signature_name: "other" },
    ]) {
      expect(validate(body), JSON.stringify(body)).to.equal(false);
    }
  });

  it("have names API Gateway accepts and nothing newer than draft 4", () => {
    const { components } = buildOpenApi(inputs);
    const schemas = components.schemas as Record<string, object>;
    const ajv = new AjvDraft04({ strict: false });
    ajv.addSchema({ id: "document", components });
    for (const name of Object.keys(schemas)) {
      expect(name).to.match(/^[a-zA-Z0-9]+$/);
      expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` })).to.not.throw();
    }
    expect(JSON.stringify(schemas)).to.not.match(/"(const|if|oneOf|nullable|examples?|pattern)":/);
  });
});

describe("the gateway's own answers", () => {
  const responses = (authorization: "apiKey" | "iam" = "apiKey") =>
    buildOpenApi({ ...inputs, authorization })["x-amazon-apigateway-gateway-responses"] as Record<
      string,
      { statusCode?: string; responseTemplates: Record<string, string> }
    >;

  it("are JSON with a known code once the context is filled in", () => {
    for (const [type, { statusCode, responseTemplates }] of Object.entries(responses())) {
      const filled = responseTemplates["application/json"]
        .replaceAll("$context.error.messageString", '"message"')
        .replaceAll("$context.error.validationErrorString", "problems");
      const { error } = JSON.parse(filled) as { error: { code: ErrorCode; message: string } };
      expect(ERRORS, type).to.have.property(error.code);
      if (statusCode !== undefined) {
        expect(statusCode, type).to.equal(String(ERRORS[error.code].status));
      }
    }
  });

  it("say what was wrong with a body, and keep the status of what is not listed", () => {
    const answers = responses();
    expect(answers.BAD_REQUEST_BODY).to.deep.equal({
      statusCode: "400",
      responseTemplates: {
        "application/json":
          '{"error":{"code":"invalid_request","message":"$context.error.validationErrorString"}}',
      },
    });
    expect(answers.DEFAULT_4XX).to.not.have.property("statusCode");
    expect(answers.DEFAULT_5XX).to.not.have.property("statusCode");
  });

  it("tell an unknown path from a missing signature as far as API Gateway lets them", () => {
    expect(responses().MISSING_AUTHENTICATION_TOKEN.statusCode).to.equal("404");
    expect(responses("iam").MISSING_AUTHENTICATION_TOKEN.statusCode).to.equal("403");
  });
});
