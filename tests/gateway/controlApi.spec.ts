import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteDeploymentCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetDeploymentsCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  GetVpcLinksCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
  UpdateApiKeyCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
  type PatchOperation,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { mockIntegration, petsDocument } from "./petsDocument";
import { ask, StartedGateway } from "./startedGateway";

describe("the control API, through the AWS SDK", () => {
  let gateway: StartedGateway;

  beforeEach(async () => {
    gateway = new StartedGateway();
    await gateway.start();
  });

  afterEach(() => gateway.stop());

  const bytes = (document: object): Uint8Array => Buffer.from(JSON.stringify(document));

  async function errorOf(call: Promise<unknown>): Promise<string> {
    try {
      await call;
    } catch (error) {
      const { name, message } = error as Error;
      return `${name}: ${message}`;
    }
    throw new Error("the call was expected to fail");
  }

  it("imports, shows, lists, replaces and deletes a REST API", async () => {
    const { client } = gateway;
    const api = await client.send(new ImportRestApiCommand({ body: bytes(petsDocument()) }));
    expect(api).to.deep.include({ name: "Pets", description: "Animals.", apiKeySource: "HEADER" });
    expect(api.createdDate).to.be.instanceOf(Date);
    const restApiId = api.id ?? "";
    const info = { title: "Dogs", version: "2" };
    const put = { restApiId, mode: "overwrite", body: bytes(petsDocument({ info })) } as const;
    expect((await client.send(new PutRestApiCommand(put))).name).to.equal("Dogs");
    expect((await client.send(new GetRestApiCommand({ restApiId }))).name).to.equal("Dogs");
    const { items } = await client.send(new GetRestApisCommand({}));
    expect(items?.map(({ id }) => id)).to.deep.equal([restApiId]);
    await client.send(new DeleteRestApiCommand({ restApiId }));
    expect(await errorOf(client.send(new GetRestApiCommand({ restApiId })))).to.equal(
      `NotFoundException: Invalid API identifier ${restApiId} specified`,
    );
  });

  it("refuses a document with every problem in one message", async () => {
    const broken = petsDocument({
      "x-amazon-apigateway-policy": {},
      "x-amazon-apigateway-gateway-responses": {
        DEFAULT_4XX: { responseTemplates: { "application/json": "$util.x" } },
      },
      paths: {
        "/a": { get: {} },
        "/b": { get: { "x-amazon-apigateway-integration": { type: "aws_proxy", uri: "x" } } },
        "/c": {
          get: {
            "x-amazon-apigateway-integration": { ...mockIntegration(200), cacheNamespace: "x" },
          },
        },
        "/d": {
          get: {
            security: [{ key: [] }, { other: [] }],
            "x-amazon-apigateway-integration": mockIntegration(200),
          },
        },
        "/e": {
          get: {
            "x-amazon-apigateway-request-validator": "none",
            "x-amazon-apigateway-integration": mockIntegration(200),
          },
        },
      },
    });
    const send = gateway.client.send(new ImportRestApiCommand({ body: bytes(broken) }));
    expect(await errorOf(send)).to.equal(
      [
        "BadRequestException: Errors found during import:",
        "The extension x-amazon-apigateway-policy at # is not executed here.",
        "Unable to put method 'GET' on resource at path '/a': No integration defined for method",
        "Unable to put method 'GET' on resource at path '/b': type: Invalid option: expected one " +
          'of "aws"|"mock"',
        `Unable to put method 'GET' on resource at path '/c': : Unrecognized key: "cacheNamespace"`,
        "Unable to put method 'GET' on resource at path '/d': The reference " +
          "#/components/securitySchemes/other leads nowhere.",
        "Unable to put method 'GET' on resource at path '/e': The request validator \"none\" is " +
          "not defined.",
        "Unable to put gateway responses: The template expression $util.x is not evaluated here; " +
          "templates may only use $input.body, $input.json('$'), $context.requestId, " +
          "$context.error.responseType, $context.error.message, $context.error.messageString, " +
          "$context.error.validationErrorString.",
      ].join("\n\t"),
    );
    const none = Buffer.from("{");
    expect(await errorOf(gateway.client.send(new ImportRestApiCommand({ body: none })))).to.equal(
      "BadRequestException: Invalid OpenAPI input.",
    );
  });

  it("deploys snapshots: a stage answers as deployed until it is pointed elsewhere", async () => {
    const { client } = gateway;
    const { restApiId, url } = await gateway.deploy(petsDocument());
    const mine = (status: number): object => ({
      paths: {
        "/pets/mine": { get: { "x-amazon-apigateway-integration": mockIntegration(status) } },
      },
    });
    const body = bytes(petsDocument(mine(202) as Record<string, unknown>));
    await client.send(new PutRestApiCommand({ restApiId, mode: "overwrite", body }));
    expect((await ask(`${url}/pets/mine`)).status).to.equal(200);
    const { id: deploymentId } = await client.send(new CreateDeploymentCommand({ restApiId }));
    expect((await ask(`${url}/pets/mine`)).status).to.equal(200);
    const patchOperations: PatchOperation[] = [
      { op: "replace", path: "/deploymentId", value: deploymentId },
    ];
    const stageName = "live";
    await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    expect((await ask(`${url}/pets/mine`)).status).to.equal(202);
    const { items } = await client.send(new GetDeploymentsCommand({ restApiId }));
    const [old, current] = items ?? [];
    expect(current.id).to.equal(deploymentId);
    await client.send(new DeleteDeploymentCommand({ restApiId, deploymentId: old.id }));
    expect(
      await errorOf(client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }))),
    ).to.equal(
      "BadRequestException: Active stages pointing to this deployment must be moved or deleted " +
        "before it can be deleted",
    );
    await client.send(new DeleteStageCommand({ restApiId, stageName }));
    expect((await ask(`${url}/pets/mine`)).status).to.equal(403);
    await client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
  });

  it("creates, shows, lists and patches stages", async () => {
    const { client } = gateway;
    const { restApiId } = await gateway.deploy(petsDocument(), { shop: "corner" });
    const stageName = "live";
    const { deploymentId } = await client.send(new GetStageCommand({ restApiId, stageName }));
    const create = (name: string, deployment?: string): Promise<unknown> =>
      client.send(new CreateStageCommand({ restApiId, stageName: name, deploymentId: deployment }));
    expect(await errorOf(create("live", deploymentId))).to.equal(
      "ConflictException: Stage already exists",
    );
    expect(await errorOf(create("a-b", deploymentId))).to.equal(
      "BadRequestException: Stage name only allows a-zA-Z0-9_",
    );
    expect(await errorOf(create("next", "nothing"))).to.equal(
      "BadRequestException: Deployment id does not exist",
    );
    const patchOperations: PatchOperation[] = [
      { op: "replace", path: "/*/*/throttling/rateLimit", value: "1" },
      { op: "replace", path: "/*/*/throttling/burstLimit", value: "5" },
      { op: "replace", path: "/~1pets~1mine/GET/throttling/rateLimit", value: "0.5" },
      { op: "replace", path: "/~1pets~1mine/GET/throttling/burstLimit", value: "1" },
      { op: "replace", path: "/variables/shop", value: "far" },
    ];
    await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    const stage = await client.send(new GetStageCommand({ restApiId, stageName }));
    expect(stage.variables).to.deep.equal({ shop: "far" });
    expect(stage.methodSettings).to.deep.equal({
      "*/*": { throttlingRateLimit: 1, throttlingBurstLimit: 5 },
      "/pets/mine/GET": { throttlingRateLimit: 0.5, throttlingBurstLimit: 1 },
    });
    const url = `${gateway.url}/execute-api/${restApiId}/live`;
    expect((await ask(`${url}/pets/mine`)).status).to.equal(200);
    expect((await ask(`${url}/pets/mine`)).status).to.equal(429);
    expect((await ask(`${url}/pets/1`)).status).to.equal(200);
    const unknown: PatchOperation[] = [{ op: "replace", path: "/tracingEnabled", value: "true" }];
    expect(
      await errorOf(
        client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations: unknown })),
      ),
    ).to.equal(
      "BadRequestException: Invalid patch path '/tracingEnabled' specified for op 'replace'.",
    );
    const { item } = await client.send(new GetStagesCommand({ restApiId }));
    expect(item?.map((listed) => listed.stageName)).to.deep.equal(["live"]);
  });

  it("creates, shows and disables keys, and shows their value only when asked", async () => {
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
    const patchOperations: PatchOperation[] = [{ op: "replace", path: "/enabled", value: "false" }];
    const patched = await client.send(new UpdateApiKeyCommand({ apiKey, patchOperations }));
    expect(patched.enabled).to.equal(false);
    await client.send(new DeleteApiKeyCommand({ apiKey }));
    const { items } = await client.send(new GetApiKeysCommand({}));
    expect(items?.map(({ id }) => id)).to.deep.equal([generated.id]);
    expect(await errorOf(client.send(new DeleteApiKeyCommand({ apiKey })))).to.equal(
      "NotFoundException: Invalid API Key identifier specified",
    );
  });

  it("joins keys and stages by usage plans", async () => {
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
    const { items } = await client.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    expect(items).to.deep.equal([{ id: keyId, name: "test", type: "API_KEY", value: key }]);
    expect((await client.send(new GetUsagePlansCommand({ keyId }))).items?.length).to.equal(1);
    await client.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId }));
    expect(await status()).to.equal(403);
    expect((await client.send(new GetUsagePlansCommand({ keyId }))).items).to.deep.equal([]);
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
    expect((await gateway.client.send(new GetUsagePlansCommand({}))).items).to.deep.equal([]);
  });

  it("answers a call it does not serve with an error that names it", async () => {
    expect(await errorOf(gateway.client.send(new GetVpcLinksCommand({})))).to.equal(
      "UnknownOperationException: The call GET /vpclinks is not served by the local gateway.",
    );
  });
});
