import {
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetVpcLinksCommand,
  ImportRestApiCommand,
  type PatchOperation,
  PutRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";

import { methodResponses, mockIntegration, mockOperation, petsDocument } from "./petsDocument";
import { ask, errorOf, StartedGateway } from "./startedGateway";

describe("API Gateway's API, through the AWS SDK", () => {
  let gateway: StartedGateway;

  beforeEach(async () => {
    gateway = new StartedGateway();
    await gateway.start();
  });

  afterEach(() => gateway.stop());

  const bytes = (document: object): Uint8Array => Buffer.from(JSON.stringify(document));

  it("imports, shows, replaces and deletes a REST API", async () => {
    const { client } = gateway;
    const api = await client.send(new ImportRestApiCommand({ body: bytes(petsDocument()) }));
    expect(api).to.deep.include({ name: "Pets", description: "Animals.", apiKeySource: "HEADER" });
    expect(api.createdDate).to.be.instanceOf(Date);
    const restApiId = api.id ?? "";
    const info = { title: "Dogs", version: "2" };
    const put = { restApiId, mode: "overwrite", body: bytes(petsDocument({ info })) } as const;
    expect((await client.send(new PutRestApiCommand(put))).name).to.equal("Dogs");
    expect((await client.send(new GetRestApiCommand({ restApiId }))).name).to.equal("Dogs");
    await client.send(new DeleteRestApiCommand({ restApiId }));
    expect(await errorOf(client.send(new GetRestApiCommand({ restApiId })))).to.equal(
      `NotFoundException: Invalid API identifier ${restApiId} specified`,
    );
  });

  it("refuses a document with all problems in one message", async () => {
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
            ...mockOperation(200),
            security: [{ key: [] }, { other: [] }],
          },
        },
        "/e": {
          get: {
            ...mockOperation(200),
            "x-amazon-apigateway-request-validator": "none",
          },
        },
        "/f": {
          get: {
            responses: methodResponses(200, ["x-here"]),
            "x-amazon-apigateway-integration": {
              ...mockIntegration(200),
              responses: {
                "2\\d{2}": {
                  statusCode: "200",
                  responseParameters: {
                    "method.response.header.x-here": "'a'",
                    "method.response.header.X-Other": "'b'",
                  },
                },
                default: { statusCode: "500" },
              },
            },
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
          "#/components/securitySchemes/other has no target.",
        "Unable to put method 'GET' on resource at path '/e': The request validator \"none\" is " +
          "not defined.",
        "Unable to put method 'GET' on resource at path '/f': Invalid mapping expression specified: " +
          "Validation Result: warnings : [], errors : [Invalid mapping expression parameter " +
          "specified: method.response.header.X-Other]; Invalid Response status code specified: 500",
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

  it("deploys snapshots: a stage serves its deployment until it gets another one", async () => {
    const { client } = gateway;
    const { restApiId, url } = await gateway.deploy(petsDocument());
    const stageName = "live";
    const first = await client.send(new GetStageCommand({ restApiId, stageName }));
    const mine = (status: number): object => ({
      paths: {
        "/pets/mine": { get: mockOperation(status) },
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
    await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    expect((await ask(`${url}/pets/mine`)).status).to.equal(202);
    const old = { restApiId, deploymentId: first.deploymentId };
    await client.send(new DeleteDeploymentCommand(old));
    expect(await errorOf(client.send(new GetDeploymentCommand(old)))).to.equal(
      "NotFoundException: Invalid Deployment identifier specified",
    );
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

  it("creates, shows and patches stages", async () => {
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
    ];
    await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    const stage = await client.send(new GetStageCommand({ restApiId, stageName }));
    expect(stage.variables).to.deep.equal({ shop: "corner" });
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
  });

  it("answers a call that it does not know with an error that names it", async () => {
    expect(await errorOf(gateway.client.send(new GetVpcLinksCommand({})))).to.equal(
      "UnknownOperationException: The local gateway does not know the call GET /vpclinks.",
    );
  });
});
