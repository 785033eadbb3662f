import { expect } from "chai";

import { methodResponses, petsDocument, serviceIntegration } from "./petsDocument";
import { ask, type DeployedApi, StartedGateway } from "./startedGateway";

describe("gateway responses", () => {
  let gateway: StartedGateway;

  beforeEach(async () => {
    gateway = new StartedGateway();
    await gateway.start();
  });

  afterEach(() => gateway.stop());

  it("follow the document: type, class of statuses, headers, status", async () => {
    const api = await gateway.deploy(
      petsDocument({
        "x-amazon-apigateway-gateway-responses": {
          BAD_REQUEST_BODY: {
            statusCode: 422,
            responseParameters: { "gatewayresponse.header.X-Shop": "'closed'" },
            responseTemplates: {
              "application/json":
                `{"message":$context.error.messageString,` +
                `"why":"$context.error.validationErrorString","id":"$context.requestId"}`,
            },
          },
          DEFAULT_4XX: {
            responseTemplates: { "application/json": `{"code":"$context.error.responseType"}` },
          },
        },
      }),
    );
    const { key } = await gateway.admit(api);
    const headers = { "content-type": "application/json", "x-api-key": key, "x-shop": "7" };
    const refused = await fetch(`${api.url}/pets`, { method: "POST", body: "{}", headers });
    expect(refused.status).to.equal(422);
    expect(refused.headers.get("x-shop")).to.equal("closed");
    expect(await refused.json()).to.deep.equal({
      message: "Invalid request body",
      why: '[object has missing required properties (["name"])]',
      id: refused.headers.get("x-amzn-requestid"),
    });
    expect(await ask(`${api.url}/other`)).to.deep.include({
      status: 403,
      body: '{"code":"MISSING_AUTHENTICATION_TOKEN"}',
    });
  });
});

describe("throttles and quotas of a stage", () => {
  let gateway: StartedGateway;
  let api: DeployedApi;

  beforeEach(async () => {
    gateway = new StartedGateway();
    await gateway.start();
    api = await gateway.deploy(petsDocument());
  });

  afterEach(() => gateway.stop());

  const statuses = async (key: string, times: number): Promise<string[]> => {
    const answers: string[] = [];
    for (let count = 0; count < times; count++) {
      const headers = { "content-type": "application/json", "x-api-key": key, "x-shop": "7" };
      const answer = await ask(`${api.url}/pets`, {
        method: "POST",
        body: '{"name":"a"}',
        headers,
      });
      answers.push(answer.status === 201 ? "ok" : `${answer.status} ${answer.error}`);
    }
    return answers;
  };

  it("refuse requests of a key beyond the burst of its plan", async () => {
    const throttle = { rateLimit: 1, burstLimit: 2 };
    const { key } = await gateway.admit(api, { throttle });
    const other = await gateway.admit(api, { throttle });
    const refused = "429 TooManyRequestsException";
    expect(await statuses(key, 3)).to.deep.equal(["ok", "ok", refused]);
    expect(await statuses(other.key, 1)).to.deep.equal(["ok"]);
    gateway.now += 1000;
    expect(await statuses(key, 2)).to.deep.equal(["ok", refused]);
  });

  it("refuse requests beyond the quota of the plan until the next period", async () => {
    const { key } = await gateway.admit(api, { quota: { limit: 2, offset: 0, period: "DAY" } });
    expect(await statuses(key, 3)).to.deep.equal(["ok", "ok", "429 LimitExceededException"]);
    gateway.now += 24 * 60 * 60 * 1000;
    expect(await statuses(key, 1)).to.deep.equal(["ok"]);
  });
});

describe("an API without its service", () => {
  it("answers 500 without the address of the service", async () => {
    const gateway = new StartedGateway();
    await gateway.start({});
    const api = await gateway.deploy(
      petsDocument({
        paths: {
          "/": {
            get: {
              responses: methodResponses(200),
              "x-amazon-apigateway-integration": {
                ...serviceIntegration("/endpoints/a/invocations"),
                requestTemplates: { "application/json": "{}" },
                responses: { default: { statusCode: "200" } },
              },
            },
          },
        },
      }),
    );
    expect(await ask(`${api.url}/`)).to.deep.include({
      status: 500,
      body: '{"message":"Internal server error"}',
    });
    const entries = await gateway.stop();
    expect(entries.at(-1)?.errorDetail).to.equal(
      "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME is not set, so the service runtime.sagemaker cannot be " +
        "reached.",
    );
  });
});
