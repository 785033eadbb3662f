import { expect } from "chai";
import { spawn } from "node:child_process";
import { createPredictionClient, PredictionError } from "../../contracts/predictionClient";
import { buildOpenApi } from "../../components/api/openApi";
import { inputs, MODEL } from "../api/openApiInputs";
import { StartedGateway, type DeployedApi } from "../gateway/startedGateway";

const PREDICTIONS = [
  { label: "positive", scores: [0.1, 0.2, 0.7] },
  { label: "negative", scores: [0.8, 0.1, 0.1] },
];

/** Against the local gateway with the deployed document; the endpoint behind it is the test's own. */
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

  const client = () => createPredictionClient({ url: api.url, apiKey });

  function answer(status: number, body: object): void {
    gateway.service.answer = { status, body: JSON.stringify(body) };
  }

  async function refusal(promise: Promise<unknown>): Promise<PredictionError> {
    const result = await promise.catch((error: unknown) => error);
    expect(result).to.be.instanceOf(PredictionError);
    return result as PredictionError;
  }

  it("asks for posts and gives their predictions back in order", async () => {
    expect(await client().predict(["good", "bad"])).to.deep.equal(PREDICTIONS);
    expect(JSON.parse(gateway.service.calls[0].body)).to.deep.equal({
      instances: [{ text: "good" }, { text: "bad" }],
    });
  });

  it("tells health and the model", async () => {
    await client().checkHealth();
    expect(await client().describeModel()).to.deep.equal(MODEL);
  });

  it("throws the API's stable code with its sentence", async () => {
    const error = await refusal(client().predict([]));
    expect(error).to.include({ status: 400, code: "invalid_request", isTemporary: false });
    expect(error.message).to.match(/answered 400 invalid_request: .*array is too short/);
    const stranger = createPredictionClient({ url: api.url, apiKey: "wrong" });
    expect(await refusal(stranger.describeModel())).to.include({ code: "invalid_api_key" });
  });

  it("says what a moment may help: no capacity, no endpoint, but not a used-up quota", async () => {
    answer(429, {});
    expect(await refusal(client().predict(["a"]))).to.include({
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
    const behind = createPredictionClient({ url: api.url, apiKey, fetch: proxy });
    expect(await refusal(behind.checkHealth())).to.include({ status: 502, code: undefined });
  });

  describe("in the example of another team's service", () => {
    async function classify(posts: string, key: string) {
      const child = spawn(process.execPath, ["-r", "tsx/cjs", "examples/consumer/classify.ts"], {
        env: { ...process.env, API_URL: api.url, API_KEY: key },
      });
      const texts = { out: "", err: "" };
      child.stdout.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (texts.err += chunk.toString()));
      child.stdin.end(posts);
      const code = await new Promise((resolve) => child.once("close", resolve));
      return { code, ...texts };
    }

    it("labels the posts it reads", async () => {
      expect(await classify("good\nbad\n", apiKey)).to.deep.equal({
        code: 0,
        out: "positive\tgood\nnegative\tbad\n",
        err: "",
      });
    });

    it("ends with the API's sentence when it is refused", async () => {
      const { code, out, err } = await classify("good\n", "wrong");
      expect({ code, out }).to.deep.equal({ code: 1, out: "" });
      expect(err).to.match(/^The prediction API answered 403 invalid_api_key: .*\n$/);
    });
  });
});
