import { GetStageCommand } from "@aws-sdk/client-api-gateway";
import { expect } from "chai";

import { apiHandlers } from "../../local/provider/handlers/api";
import { petsDocument } from "../gateway/petsDocument";
import { ask, StartedGateway } from "../gateway/startedGateway";

const TYPE = "aws:apigateway/methodSettings:MethodSettings";
const VARIABLE = "AWS_ENDPOINT_URL_API_GATEWAY";

describe("a stage's method settings in the local gateway", () => {
  let gateway: StartedGateway;
  let before: string | undefined;

  beforeEach(async () => {
    gateway = new StartedGateway();
    await gateway.start();
    before = process.env[VARIABLE];
    process.env[VARIABLE] = gateway.url;
  });

  afterEach(async () => {
    if (before === undefined) {
      delete process.env[VARIABLE];
    } else {
      process.env[VARIABLE] = before;
    }
    await gateway.stop();
  });

  it("throttle the stage that the program throttles, until they are changed or deleted", async () => {
    const api = await gateway.deploy(petsDocument());
    const { key } = await gateway.admit(api);
    const headers = { "x-api-key": key, "x-shop": "7", "content-type": "application/json" };
    const status = async (): Promise<number> =>
      (await ask(`${api.url}/pets`, { method: "POST", body: '{"name":"a"}', headers })).status;
    const location = { region: "us-east-1", accountId: "123456789012", partition: "aws" };
    const context = { name: "api", location } as Parameters<
      (typeof apiHandlers)[string]["create"]
    >[1];
    const inputs = (rate: number, burst: number) => ({
      restApi: api.restApiId,
      stageName: "live",
      methodPath: "*/*",
      settings: {
        metricsEnabled: true,
        throttlingRateLimit: rate,
        throttlingBurstLimit: burst,
      },
    });
    const { [TYPE]: settings } = apiHandlers;
    await settings.create(inputs(1, 2), context);
    expect([await status(), await status(), await status()]).to.deep.equal([201, 201, 429]);
    await settings.update?.("id", inputs(1, 2), inputs(1, 1), context);
    expect([await status(), await status()]).to.deep.equal([201, 429]);
    expect(await settings.exists("id", inputs(1, 1), context)).to.equal(true);
    await settings.delete("id", inputs(1, 1), context);
    expect([await status(), await status()]).to.deep.equal([201, 201]);
    const stage = { restApiId: api.restApiId, stageName: "live" };
    const { methodSettings } = await gateway.client.send(new GetStageCommand(stage));
    expect(methodSettings).to.deep.equal({});
    await settings.delete("id", { ...inputs(1, 1), restApi: "gone" }, context);
    expect(await settings.exists("id", { ...inputs(1, 1), restApi: "gone" }, context)).to.equal(
      false,
    );
  });
});
