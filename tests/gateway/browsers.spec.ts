import { expect } from "chai";
import { request } from "node:http";

import { buildOpenApi, type OpenApiInputs } from "../../components/api/openApi";
import { inputs } from "../api/openApiInputs";
import { type DeployedApi, StartedGateway } from "./startedGateway";

const APP = "https://app.example.com";
const SHOP = "https://shop.example.com";
const OTHER = "https://other.example.com";
const GOOD = JSON.stringify({ instances: [{ text: "good" }] });

describe("the prediction API for browsers", () => {
  let gateway: StartedGateway;
  let api: DeployedApi;
  let key: string;

  async function deploy(
    origins: string[],
    changes: Partial<OpenApiInputs> = {},
    throttle = { rateLimit: 1000, burstLimit: 1000 },
  ): Promise<void> {
    gateway = new StartedGateway();
    await gateway.start();
    const cors = { origins, headers: ["traceparent"], maxAgeSeconds: 60 };
    api = await gateway.deploy(buildOpenApi({ ...inputs, cors, ...changes }));
    ({ key } = await gateway.admit(api, { throttle }));
  }

  afterEach(() => gateway.stop());

  /** A preflight, as browsers send it before a call. */
  const preflight = (origin?: string, path = "/v1/predictions"): Promise<Response> =>
    fetch(api.url + path, {
      method: "OPTIONS",
      headers: {
        ...(origin === undefined ? {} : { origin }),
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-api-key",
      },
    });

  const allowed = (response: Response): string | null =>
    response.headers.get("access-control-allow-origin");

  it("allow each origin of the list, without a key, and no other", async () => {
    await deploy([APP, SHOP]);
    for (const [origin, answered] of [
      [APP, APP],
      [SHOP, SHOP],
      // Neither is the origin of the page, so a browser refuses.
      [OTHER, APP],
      [`${SHOP}.evil.example`, APP],
      [SHOP.toUpperCase(), APP],
      ["null", APP],
    ]) {
      const response = await preflight(origin);
      expect([response.status, allowed(response)], origin).to.deep.equal([204, answered]);
    }
    const response = await preflight(SHOP);
    const names = ["methods", "headers"].map((name) => `access-control-allow-${name}`);
    const shown = [...names, "access-control-max-age", "vary", "access-control-allow-credentials"];
    expect(shown.map((name) => response.headers.get(name))).to.deep.equal([
      "POST",
      "content-type,x-api-key,traceparent",
      "60",
      "Origin",
      null,
    ]);
    expect(await response.text()).to.equal("");
    expect(response.headers.get("content-length")).to.equal(null);
    expect(allowed(await preflight())).to.equal(APP);
    expect(gateway.service.calls).to.deep.equal([]);
  });

  it("know the header in both spellings", async () => {
    await deploy([APP, SHOP]);
    for (const name of ["Origin", "origin"]) {
      const answered = await new Promise<string | undefined>((resolve, reject) => {
        const headers = { [name]: SHOP };
        request(`${api.url}/v1/model`, { method: "OPTIONS", headers }, (response) => {
          response.resume();
          resolve(response.headers["access-control-allow-origin"]);
        })
          .on("error", reject)
          .end();
      });
      expect(answered, name).to.equal(SHOP);
    }
  });

  it("allow one origin, or all, by the same rules", async () => {
    await deploy([APP]);
    expect(allowed(await preflight(APP))).to.equal(APP);
    expect(allowed(await preflight(OTHER))).to.equal(APP);
    await gateway.stop();
    await deploy(["*"]);
    const response = await preflight(OTHER);
    expect([allowed(response), response.headers.get("vary")]).to.deep.equal(["*", null]);
  });

  for (const [origins, readable] of [
    [[APP], APP],
    [[APP, SHOP], "*"],
  ] as const) {
    it(`let pages of ${origins.join(" and ")} read each answer, refusals included`, async () => {
      await deploy([...origins]);
      gateway.service.answer = { status: 200, body: '{"predictions":[]}' };
      const call = async (method: string, path: string, more: RequestInit = {}) => {
        const response = await fetch(api.url + path, {
          method,
          ...more,
          headers: {
            origin: APP,
            "content-type": "application/json",
            "x-api-key": key,
            ...(more.headers as Record<string, string>),
          },
        });
        return [response.status, allowed(response), await response.text()] as const;
      };
      const code = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code;
      const predict = (body: string, headers = {}) =>
        call("POST", "/v1/predictions", { body, headers });
      expect(await predict(GOOD)).to.deep.equal([200, readable, '{"predictions":[]}']);
      expect(await call("GET", "/v1/health")).to.deep.equal([200, readable, '{"status":"ok"}']);
      expect((await call("GET", "/v1/model")).slice(0, 2)).to.deep.equal([200, readable]);
      const refusals = [
        await predict(GOOD, { "x-api-key": "wrong" }),
        await predict("{}"),
        await predict(GOOD, { "content-type": "text/plain" }),
        await predict(" ".repeat(10 * 1024 * 1024 + 1)),
        await call("GET", "/v1/other"),
      ];
      gateway.service.answer = { status: 424, body: "{}" };
      refusals.push(await predict(GOOD));
      gateway.service.answer = { status: 429, body: "{}" };
      refusals.push(await predict(GOOD));
      expect(refusals.map(([status, origin, text]) => [status, origin, code(text)])).to.deep.equal([
        [403, readable, "invalid_api_key"],
        [400, readable, "invalid_request"],
        [415, readable, "unsupported_media_type"],
        [413, readable, "request_too_large"],
        [404, readable, "not_found"],
        [502, readable, "model_error"],
        [429, readable, "endpoint_busy"],
      ]);
    });
  }

  it("let pages read that they were throttled, and do not count preflights for the key", async () => {
    await deploy([APP], {}, { rateLimit: 1, burstLimit: 1 });
    const model = () => fetch(`${api.url}/v1/model`, { headers: { "x-api-key": key } });
    expect((await preflight(APP, "/v1/model")).status).to.equal(204);
    expect((await model()).status).to.equal(200);
    const throttled = await model();
    expect([throttled.status, allowed(throttled)]).to.deep.equal([429, APP]);
    expect((await preflight(APP, "/v1/model")).status).to.equal(204);
  });

  it("require no signature for the preflight of a signed call", async () => {
    await deploy([APP], { authorization: "iam" });
    const response = await preflight(APP);
    expect(response.status).to.equal(204);
    expect(response.headers.get("access-control-allow-headers")).to.contain("authorization");
  });

  it("have no preflight where there is no path, and no HEAD", async () => {
    await deploy([APP]);
    expect((await preflight(APP, "/v1/other")).status).to.equal(404);
    const head = await fetch(`${api.url}/v1/model`, {
      method: "HEAD",
      headers: { origin: APP, "x-api-key": key },
    });
    expect([head.status, allowed(head), await head.text()]).to.deep.equal([404, APP, ""]);
  });
});
