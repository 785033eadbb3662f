import { expect } from "chai";

import { buildOpenApi, type OpenApiInputs } from "../../components/api/openApi";
import { readPredictionContract } from "../../contracts/prediction/workloads";
import { ask, type DeployedApi, StartedGateway } from "./startedGateway";

const inputs: OpenApiInputs = {
  prediction: readPredictionContract("sentiment"),
  maxInstances: 64,
  timeoutMilliseconds: 29000,
  authorization: "apiKey",
};
const endpoint = {
  partition: "aws",
  region: "us-east-1",
  name: "sentiment",
  roleArn: "arn:aws:iam::123456789012:role/gateway",
};
const model = { version: 3, modelPackageArn: "arn:package/3", metrics: { macro_f1: 0.75 } };

describe("the prediction API as it is deployed", () => {
  let gateway: StartedGateway;
  let api: DeployedApi;
  let key: string;

  async function deploy(more: Partial<OpenApiInputs>): Promise<void> {
    gateway = new StartedGateway();
    await gateway.start();
    api = await gateway.deploy(buildOpenApi({ ...inputs, ...more }));
    ({ key } = await gateway.admit(api));
  }

  afterEach(() => gateway.stop());

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> {
    const answer = await ask(api.url + path, {
      method,
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      headers: { "x-api-key": key, "content-type": "application/json", ...headers },
    });
    expect(answer.type).to.equal("application/json");
    return { status: answer.status, body: JSON.parse(answer.body) };
  }

  const codeOf = ({ status, body }: { status: number; body: unknown }): [number, string] => [
    status,
    (body as { error: { code: string } }).error.code,
  ];
  const texts = (count: number): object => ({ instances: Array(count).fill({ text: "good" }) });

  describe("with a model", () => {
    beforeEach(() => deploy({ endpoint, model }));

    it("passes on instances unchanged, and the response, too", async () => {
      const body = '{"predictions": [{"label": "positive", "score_positive": 0.7}]}';
      gateway.service.answer = { status: 200, body };
      const sent = '{ "instances": [{ "text": "schön" }] }';
      expect(await call("POST", "/v1/predictions", sent)).to.deep.equal({
        status: 200,
        body: JSON.parse(body) as unknown,
      });
      const [request] = gateway.service.calls;
      expect(request.path).to.equal("/endpoints/sentiment/invocations");
      expect(request.body).to.equal(sent);
    });

    it("answers the health check from a real prediction", async () => {
      gateway.service.answer = { status: 200, body: '{"predictions":[]}' };
      expect(await call("GET", "/v1/health")).to.deep.equal({
        status: 200,
        body: { status: "ok" },
      });
      expect(JSON.parse(gateway.service.calls[0].body)).to.deep.equal({
        instances: [inputs.prediction.sample],
      });
    });

    it("says which model is served", async () => {
      expect(await call("GET", "/v1/model")).to.deep.equal({ status: 200, body: model });
    });

    it("says what is wrong with a body", async () => {
      expect(await call("POST", "/v1/predictions", { instances: [{ text: "" }] })).to.deep.equal({
        status: 400,
        body: {
          error: {
            code: "invalid_request",
            message: '[string "" is too short (length: 0, required minimum: 1)]',
          },
        },
      });
    });

    it("allows 1 to 64 instances", async () => {
      gateway.service.answer = { status: 200, body: "{}" };
      const status = async (count: number): Promise<number> =>
        (await call("POST", "/v1/predictions", texts(count))).status;
      expect([await status(0), await status(1), await status(64), await status(65)]).to.deep.equal([
        400, 200, 200, 400,
      ]);
    });

    for (const [upstream, status, code] of [
      [400, 503, "endpoint_unavailable"],
      [424, 502, "model_error"],
      [429, 429, "endpoint_busy"],
      [500, 503, "endpoint_unavailable"],
      [530, 503, "endpoint_unavailable"],
      [302, 502, "bad_gateway"],
    ] as const) {
      it(`turns the endpoint's ${upstream} into ${status} ${code} and shows nothing of it`, async () => {
        gateway.service.answer = { status: upstream, body: '{"Message":"inner details"}' };
        const answer = await call("POST", "/v1/predictions", texts(1));
        expect(codeOf(answer)).to.deep.equal([status, code]);
        expect(JSON.stringify(answer.body)).to.not.contain("inner");
      });
    }

    it("refuses requests with bodies of one form", async () => {
      expect(
        codeOf(await call("GET", "/v1/model", undefined, { "x-api-key": "no" })),
      ).to.deep.equal([403, "invalid_api_key"]);
      expect(codeOf(await call("GET", "/v1/other"))).to.deep.equal([404, "not_found"]);
      expect(
        codeOf(await call("POST", "/v1/predictions", "a", { "content-type": "text/plain" })),
      ).to.deep.equal([415, "unsupported_media_type"]);
      const large = " ".repeat(10 * 1024 * 1024 + 1);
      expect(codeOf(await call("POST", "/v1/predictions", large))).to.deep.equal([
        413,
        "request_too_large",
      ]);
      await gateway.service.stop();
      expect(codeOf(await call("POST", "/v1/predictions", texts(1)))).to.deep.equal([
        503,
        "endpoint_unavailable",
      ]);
      await gateway.service.start();
    });
  });

  it("answers 503 no_model before there is a model", async () => {
    await deploy({});
    expect(codeOf(await call("POST", "/v1/predictions", texts(1)))).to.deep.equal([
      503,
      "no_model",
    ]);
    expect(codeOf(await call("GET", "/v1/health"))).to.deep.equal([503, "no_model"]);
    expect(codeOf(await call("GET", "/v1/model"))).to.deep.equal([503, "no_model"]);
  });

  it("requires a signature beside the key with IAM authorization", async () => {
    await deploy({ endpoint, model, authorization: "iam" });
    expect(codeOf(await call("GET", "/v1/model"))).to.deep.equal([403, "access_denied"]);
    const signed = { authorization: "AWS4-HMAC-SHA256 Credential=a" };
    expect((await call("GET", "/v1/model", undefined, signed)).status).to.equal(200);
  });
});
