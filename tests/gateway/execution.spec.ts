import { expect } from "chai";
import { petsDocument, serviceIntegration } from "./petsDocument";
import { ask, StartedGateway, type DeployedApi } from "./startedGateway";

describe("a deployed stage", () => {
  let gateway: StartedGateway;
  let api: DeployedApi;
  let key: string;

  beforeEach(async () => {
    gateway = new StartedGateway();
    await gateway.start();
    api = await gateway.deploy(petsDocument(), { shop: "corner" });
    ({ key } = await gateway.admit(api));
  });

  afterEach(() => gateway.stop());

  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    path = "/pets",
  ): ReturnType<typeof ask> =>
    ask(api.url + path, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "x-api-key": key, "x-shop": "7", ...headers },
    });

  const failure = (status: number, message: string, error: string): object => ({
    status,
    type: "application/json",
    error,
    body: JSON.stringify({ message }),
  });

  it("sends the body as it came to the service, with the mapped parameters only", async () => {
    gateway.service.answer = { status: 200, body: "[1, 2]", headers: { "x-from": "there" } };
    const response = await fetch(`${api.url}/pets?page=2&secret=1`, {
      method: "POST",
      body: '{ "name": "é" }',
      headers: {
        "content-type": "application/json; charset=utf-8",
        "x-api-key": key,
        "x-shop": "7",
        "x-other": "no",
      },
    });
    expect(response.status).to.equal(201);
    expect(await response.text()).to.equal("[1, 2]");
    expect(response.headers.get("x-fixed")).to.equal("yes");
    expect(response.headers.get("x-from")).to.equal("there");
    expect(response.headers.get("content-type")).to.equal("application/json");
    const requestId = response.headers.get("x-amzn-requestid");
    const [call] = gateway.service.calls;
    expect(call.method).to.equal("POST");
    expect(call.path).to.equal("/endpoints/corner/invocations?page=2");
    expect(call.body).to.equal('{ "name": "é" }');
    expect(call.headers["content-type"]).to.equal("application/json");
    expect(call.headers["x-request"]).to.equal(requestId);
    expect(call.headers["x-shop"]).to.equal("7");
    expect(call.headers).to.not.have.any.keys("x-other", "x-api-key");
  });

  it("sends the fixed text of a template and fills path parameters", async () => {
    gateway.service.answer = { status: 500, body: '{"any":1}' };
    expect(await ask(`${api.url}/pets/a%2Fb`)).to.deep.equal({
      status: 200,
      type: "application/json",
      error: null,
      body: '{"any":1}',
    });
    const [call] = gateway.service.calls;
    expect(call.path).to.equal("/endpoints/a%2Fb/invocations");
    expect(call.body).to.equal('{"fixed":true}');
  });

  it("answers a mock from its templates, the literal path before the parameter", async () => {
    const response = await fetch(`${api.url}/pets/mine`);
    const requestId = response.headers.get("x-amzn-requestid");
    expect(response.status).to.equal(200);
    expect(await response.text()).to.equal(`{"mock":200,"id":"${requestId}"}`);
    expect(gateway.service.calls).to.deep.equal([]);
  });

  it("chooses the response by the status of the service", async () => {
    gateway.service.answer = { status: 404, body: '{ "gone": true }' };
    expect(await post('{"name":"a"}')).to.deep.include({
      status: 410,
      body: '{"was":{"gone":true}}',
    });
    gateway.service.answer = { status: 530, body: "secret" };
    expect(await post('{"name":"a"}')).to.deep.include({ status: 503, body: '{"error":"busy"}' });
  });

  it("answers 500 where no response matches the status of the service", async () => {
    gateway.service.answer = { status: 424, body: "secret" };
    expect(await post('{"name":"a"}')).to.deep.equal(
      failure(500, "Internal server error", "InternalServerErrorException"),
    );
  });

  for (const [what, headers] of [
    ["no key", { "x-api-key": "" }],
    ["an unknown key", { "x-api-key": "x".repeat(40) }],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect(await post('{"name":"a"}', headers)).to.deep.equal(
        failure(403, "Forbidden", "ForbiddenException"),
      );
      expect(gateway.service.calls).to.deep.equal([]);
    });
  }

  it("refuses a key whose usage plan does not name the stage", async () => {
    const other = await gateway.admit(api, { apiStages: [] });
    expect(await post('{"name":"a"}', { "x-api-key": other.key })).to.deep.include({ status: 403 });
  });

  it("wants a signature where the document says so", async () => {
    const url = `${api.url}/pets/1`;
    expect(await ask(url, { method: "DELETE" })).to.deep.equal(
      failure(403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
    );
    const headers = { authorization: "AWS4-HMAC-SHA256 Credential=x" };
    expect(await ask(url, { method: "DELETE", headers })).to.deep.include({ status: 405 });
  });

  for (const [method, path] of [
    ["GET", "/pets"],
    ["GET", "/"],
    ["POST", "/Pets"],
  ]) {
    it(`answers ${method} ${path} like AWS answers an unknown path`, async () => {
      expect(await ask(api.url + path, { method })).to.deep.equal(
        failure(403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
      );
    });
  }

  it("answers an unknown API and an unknown stage with 403", async () => {
    const forbidden = failure(403, "Forbidden", "ForbiddenException");
    expect(await ask(`${gateway.url}/execute-api/nothing/live/pets`)).to.deep.equal(forbidden);
    const stage = `${gateway.url}/execute-api/${api.restApiId}/other/pets`;
    expect(await ask(stage)).to.deep.equal(forbidden);
  });

  it("refuses a body that breaks the model, and does not send it", async () => {
    expect(await post('{"name":"sixsix"}')).to.deep.equal(
      failure(400, "Invalid request body", "BadRequestException"),
    );
    expect(await post("{")).to.deep.include({ status: 400 });
    expect(await post(new Uint8Array([0x22, 0xff, 0x22]))).to.deep.include({ status: 400 });
    expect(gateway.service.calls).to.deep.equal([]);
  });

  it("refuses a request without a required parameter", async () => {
    const headers = { "content-type": "application/json", "x-api-key": key };
    const answer = await ask(`${api.url}/pets`, { method: "POST", body: '{"name":"a"}', headers });
    expect(answer).to.deep.equal(
      failure(400, "Missing required request parameters: [X-Shop]", "BadRequestException"),
    );
  });

  it("refuses a content type without a template", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"]) {
      expect(await post('{"name":"a"}', { "content-type": type })).to.deep.equal(
        failure(415, "Unsupported Media Type", "UnsupportedMediaTypeException"),
      );
    }
  });

  it("takes a body without a content type for JSON", async () => {
    const body = new Uint8Array(Buffer.from('{"name":"a"}'));
    const headers = { "x-api-key": key, "x-shop": "7" };
    expect(await ask(`${api.url}/pets`, { method: "POST", body, headers })).to.deep.include({
      status: 201,
    });
  });

  it("refuses a body beyond 10 MB and takes the next request", async () => {
    const body = " ".repeat(10 * 1024 * 1024 + 1);
    expect(await post(body)).to.deep.equal(
      failure(413, "Request Too Long", "RequestTooLargeException"),
    );
    expect(await post('{"name":"a"}')).to.deep.include({ status: 201 });
    const most = `{"name":"a"}${" ".repeat(10 * 1024 * 1024 - 12)}`;
    expect(await post(most)).to.deep.include({ status: 201 });
  });

  it("answers 504 when the service is too slow or gone", async () => {
    gateway.service.answer = undefined;
    expect(await post('{"name":"a"}')).to.deep.equal(
      failure(504, "Endpoint request timed out", "InternalServerErrorException"),
    );
    await gateway.service.stop();
    expect(await post('{"name":"a"}')).to.deep.equal(
      failure(504, "Network error communicating with endpoint", "InternalServerErrorException"),
    );
    await gateway.service.start();
  });

  it("keeps its log free of bodies and keys", async () => {
    await post('{"name":"secre"}');
    await post('{"name":"too long a name"}');
    const entries = await gateway.stop();
    await (gateway = new StartedGateway()).start(); // for the hook that stops it
    const text = JSON.stringify(entries);
    expect(text).to.not.contain("secre");
    expect(text).to.not.contain("too long");
    expect(text).to.not.contain(key);
    const stages = entries.filter(({ path }) => String(path).startsWith("/execute-api/"));
    expect(
      stages.map(({ status, errorType, resourcePath, integrationStatus }) => [
        status,
        errorType,
        resourcePath,
        integrationStatus,
      ]),
    ).to.deep.equal([
      [201, undefined, "/pets", 200],
      [400, "BAD_REQUEST_BODY", "/pets", undefined],
    ]);
  });
});

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

  it("refuse beyond the plan's burst, per key", async () => {
    const throttle = { rateLimit: 1, burstLimit: 2 };
    const { key } = await gateway.admit(api, { throttle });
    const other = await gateway.admit(api, { throttle });
    const refused = "429 TooManyRequestsException";
    expect(await statuses(key, 3)).to.deep.equal(["ok", "ok", refused]);
    expect(await statuses(other.key, 1)).to.deep.equal(["ok"]);
    gateway.now += 1000;
    expect(await statuses(key, 2)).to.deep.equal(["ok", refused]);
  });

  it("refuse beyond the plan's quota until the next period", async () => {
    const { key } = await gateway.admit(api, { quota: { limit: 2, offset: 0, period: "DAY" } });
    expect(await statuses(key, 3)).to.deep.equal(["ok", "ok", "429 LimitExceededException"]);
    gateway.now += 24 * 60 * 60 * 1000;
    expect(await statuses(key, 1)).to.deep.equal(["ok"]);
  });
});

describe("an API without its service", () => {
  it("answers 500 when nobody says where the service is", async () => {
    const gateway = new StartedGateway();
    await gateway.start({});
    const api = await gateway.deploy(
      petsDocument({
        paths: {
          "/": {
            get: {
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
