import { expect } from "chai";

import { petsDocument } from "./petsDocument";
import { ask, type DeployedApi, StartedGateway } from "./startedGateway";

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

  it("requires a signature where the document says so", async () => {
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

  it("refuses a body that violates the model, and does not send it", async () => {
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

  it("treats a body without a content type as JSON", async () => {
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

  it("answers 504 when the service is too slow", async () => {
    api = await gateway.deploy(petsDocument({}, 200), { shop: "corner" });
    ({ key } = await gateway.admit(api));
    gateway.service.answer = undefined;
    expect(await post('{"name":"a"}')).to.deep.equal(
      failure(504, "Endpoint request timed out", "InternalServerErrorException"),
    );
  });

  it("answers 504 when the service does not run", async () => {
    await gateway.service.stop();
    expect(await post('{"name":"a"}')).to.deep.equal(
      failure(504, "Network error communicating with endpoint", "InternalServerErrorException"),
    );
    await gateway.service.start();
  });

  it("writes neither bodies nor keys to its log", async () => {
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
