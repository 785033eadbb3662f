import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeyCommand,
  type PatchOperation,
  UpdateUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";

import { petsDocument } from "./petsDocument";
import { ask, errorOf, StartedGateway } from "./startedGateway";

describe("keys and usage plans, through the AWS SDK", () => {
  let gateway: StartedGateway;

  beforeEach(async () => {
    gateway = new StartedGateway();
    await gateway.start();
  });

  afterEach(() => gateway.stop());

  it("creates, shows and deletes keys, and shows their value only when asked", async () => {
    const { client } = gateway;
    const value = "v".repeat(20);
    const { id: apiKey = "" } = await client.send(
      new CreateApiKeyCommand({ name: "one", value, enabled: true }),
    );
    expect((await client.send(new GetApiKeyCommand({ apiKey }))).value).to.equal(undefined);
    const shown = await client.send(new GetApiKeyCommand({ apiKey, includeValue: true }));
    expect(shown.value).to.equal(value);
    expect(await errorOf(client.send(new CreateApiKeyCommand({ value })))).to.equal(
      "ConflictException: API Key already exists",
    );
    const short = "v".repeat(19);
    expect(await errorOf(client.send(new CreateApiKeyCommand({ value: short })))).to.equal(
      "BadRequestException: API Key value should be between 20 and 128 characters",
    );
    const generated = await client.send(new CreateApiKeyCommand({ name: "two" }));
    expect(generated.value).to.match(/^[a-z0-9]{40}$/);
    expect(generated.enabled).to.equal(false);
    await client.send(new DeleteApiKeyCommand({ apiKey }));
    expect((await client.send(new GetApiKeyCommand({ apiKey: generated.id }))).name).to.equal(
      "two",
    );
    expect(await errorOf(client.send(new DeleteApiKeyCommand({ apiKey })))).to.equal(
      "NotFoundException: Invalid API Key identifier specified",
    );
  });

  it("gives keys access to stages by usage plans", async () => {
    const { client } = gateway;
    const api = await gateway.deploy(petsDocument());
    const { key, keyId, planId: usagePlanId } = await gateway.admit(api);
    const status = async (): Promise<number> => {
      const headers = { "x-api-key": key, "x-shop": "7", "content-type": "application/json" };
      const options = { method: "POST", body: '{"name":"a"}', headers };
      return (await ask(`${api.url}/pets`, options)).status;
    };
    expect(await status()).to.equal(201);
    const keyType = "API_KEY";
    expect(
      await errorOf(client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType }))),
    ).to.equal("ConflictException: API Key already associated with the usage plan");
    const joined = await client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId }));
    expect(joined).to.deep.include({ id: keyId, name: "test", type: "API_KEY", value: key });
    await client.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId }));
    expect(await status()).to.equal(403);
    expect(await errorOf(client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId })))).to.equal(
      "NotFoundException: Invalid Usage Plan Key identifier specified",
    );
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType }));
    expect(await status()).to.equal(201);
    const remove = client.send(new DeleteUsagePlanCommand({ usagePlanId }));
    expect(await errorOf(remove)).to.equal(
      `BadRequestException: Cannot delete Usage Plan ${usagePlanId} because it is associated with ` +
        "API stages. Please disassociate all API stages from the usage plan before deleting it",
    );
    const patchOperations: PatchOperation[] = [
      { op: "remove", path: "/apiStages", value: `${api.restApiId}:live` },
    ];
    await client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
    expect(await status()).to.equal(403);
    await client.send(new DeleteUsagePlanCommand({ usagePlanId }));
    expect(await errorOf(client.send(new GetUsagePlanCommand({ usagePlanId })))).to.equal(
      "NotFoundException: Invalid Usage Plan ID specified",
    );
  });

  it("patches throttle and quota of a usage plan", async () => {
    const { client } = gateway;
    const { id: usagePlanId } = await client.send(
      new CreateUsagePlanCommand({ name: "plan", throttle: { rateLimit: 1, burstLimit: 2 } }),
    );
    const patch = async (...patchOperations: PatchOperation[]): Promise<object> => {
      const plan = await client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
      return { throttle: plan.throttle, quota: plan.quota };
    };
    expect(
      await patch(
        { op: "replace", path: "/throttle/rateLimit", value: "2.5" },
        { op: "replace", path: "/quota/limit", value: "10" },
        { op: "replace", path: "/quota/period", value: "WEEK" },
      ),
    ).to.deep.equal({
      throttle: { rateLimit: 2.5, burstLimit: 2 },
      quota: { limit: 10, offset: 0, period: "WEEK" },
    });
    expect(
      await patch({ op: "remove", path: "/throttle" }, { op: "remove", path: "/quota" }),
    ).to.deep.equal({ throttle: undefined, quota: undefined });
    expect(
      await errorOf(patch({ op: "replace", path: "/throttle/rateLimit", value: "fast" })),
    ).to.equal(
      "BadRequestException: Invalid value 'fast' for rateLimit: it must be a number of at least 0.",
    );
  });

  it("refuses a usage plan for a stage that does not exist", async () => {
    const apiStages = [{ apiId: "nothing", stage: "live" }];
    const create = gateway.client.send(new CreateUsagePlanCommand({ name: "plan", apiStages }));
    expect(await errorOf(create)).to.equal(
      "NotFoundException: Invalid API Stage nothing:live specified",
    );
  });
});
