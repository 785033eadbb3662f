import { expect } from "chai";
import { spawn } from "node:child_process";

import { buildOpenApi } from "../../components/api/openApi";
import { createPredictionClient, PredictionError } from "../../contracts/predictionClient";
import type { paths } from "../../workloads/sentiment/predictionApi";
import { inputs, MODEL } from "../api/openApiInputs";
import { type DeployedApi, StartedGateway } from "../gateway/startedGateway";

const PREDICTIONS = [
  { label: "positive", score_negative: 0.1, score_neutral: 0.2, score_positive: 0.7 },
  { label: "negative", score_negative: 0.8, score_neutral: 0.1, score_positive: 0.1 },
];

/** Against the local gateway with the deployed document; its endpoint is the test's own. */
describe("the typed client of the prediction API", () => {
  let gateway: StartedGateway;
  let api: DeployedApi;
  let apiKey: string;

  before(async () => {
    gateway = new StartedGateway();
    await gateway.start();
    api = await gateway.deploy(buildOpenApi(inputs));
    apiKey = (await gateway.admit(api)).key;
  });

  after(() => gateway.stop());

  beforeEach(() => {
    gateway.service.calls.length = 0;
    answer(200, { predictions: PREDICTIONS });
  });

  const client = () => createPredictionClient<paths>({ url: api.url, apiKey });

  function answer(status: number, body: object): void {
    gateway.service.answer = { status, body: JSON.stringify(body) };
  }

  async function refusal(promise: Promise<unknown>): Promise<PredictionError> {
    const result = await promise.catch((error: unknown) => error);
    expect(result).to.be.instanceOf(PredictionError);
    return result as PredictionError;
  }

  it("asks about instances and gives their predictions back in order", async () => {
    const predictions = await client().predict([{ text: "good" }, { text: "bad" }]);
    expect(predictions).to.deep.equal(PREDICTIONS);
    // Both are typed by the workload's schema: this compiles.
    const label: "negative" | "neutral" | "positive" = predictions[0].label;
    const score: number = predictions[0].score_positive;
    expect([label, score]).to.deep.equal(["positive", 0.7]);
    expect(JSON.parse(gateway.service.calls[0].body)).to.deep.equal({
      instances: [{ text: "good" }, { text: "bad" }],
    });
  });

  it("does not compile with an instance of another shape, and the API refuses it, too", async () => {
    // @ts-expect-error: the field is named text
    const error = await refusal(client().predict([{ txt: "good" }]));
    expect(error).to.include({ status: 400, code: "invalid_request" });
  });

  it("returns health and the model", async () => {
    await client().checkHealth();
    expect(await client().describeModel()).to.deep.equal(MODEL);
  });

  it("throws the API's stable code with its sentence", async () => {
    const error = await refusal(client().predict([]));
    expect(error).to.include({ status: 400, code: "invalid_request", isTemporary: false });
    expect(error.message).to.match(/answered 400 invalid_request: .*array is too short/);
    const unauthorized = createPredictionClient<paths>({ url: api.url, apiKey: "wrong" });
    expect(await refusal(unauthorized.describeModel())).to.include({ code: "invalid_api_key" });
  });

  it("says what may be retried: no capacity, no endpoint, but not a used-up quota", async () => {
    answer(429, {});
    expect(await refusal(client().predict([{ text: "a" }]))).to.include({
      code: "endpoint_busy",
      isTemporary: true,
    });
    answer(503, {});
    expect(await refusal(client().checkHealth())).to.include({
      code: "endpoint_unavailable",
      isTemporary: true,
    });
    expect(new PredictionError(429, "quota_exceeded", "")).to.include({ isTemporary: false });
    expect(new PredictionError(403, "access_denied", "")).to.include({ isTemporary: false });
  });

  it("has no code for an answer that another program gave", async () => {
    const proxy = () => Promise.resolve(new Response("<html>", { status: 502 }));
    const proxied = createPredictionClient<paths>({ url: api.url, apiKey, fetch: proxy });
    expect(await refusal(proxied.checkHealth())).to.include({ status: 502, code: undefined });
  });

  describe("in the example of another team's service", () => {
    async function classify(lines: string, key: string) {
      const child = spawn(process.execPath, ["-r", "tsx/cjs", "examples/consumer/classify.ts"], {
        env: { ...process.env, API_URL: api.url, API_KEY: key },
      });
      const texts = { out: "", err: "" };
      child.stdout.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (texts.err += chunk.toString()));
      child.stdin.end(lines);
      const code = await new Promise((resolve) => child.once("close", resolve));
      return { code, ...texts };
    }

    it("prints a prediction for each instance it reads, and passes over blank lines", async () => {
      expect(await classify('{"text":"good"}\n\n{"text":"bad"}\n', apiKey)).to.deep.equal({
        code: 0,
        out: PREDICTIONS.map((one) => `${JSON.stringify(one)}\n`).join(""),
        err: "",
      });
      expect(JSON.parse(gateway.service.calls[0].body)).to.deep.equal({
        instances: [{ text: "good" }, { text: "bad" }],
      });
    });

    it("names the line that is no JSON", async () => {
      const { code, out, err } = await classify('\n{"text":\n', apiKey);
      expect({ code, out }).to.deep.equal({ code: 1, out: "" });
      expect(err).to.match(/^Line 2 must hold one instance as JSON: .*\n$/);
    });

    it("ends with the API's sentence when it is refused", async () => {
      const { code, out, err } = await classify('{"text":"good"}\n', "wrong");
      expect({ code, out }).to.deep.equal({ code: 1, out: "" });
      expect(err).to.match(/^The prediction API answered 403 invalid_api_key: .*\n$/);
    });
  });
});
