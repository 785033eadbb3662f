import {
  APIGatewayClient,
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
  GetDeploymentCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeyCommand,
  ImportRestApiCommand,
  type PatchOperation,
  PutRestApiCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";

import { type Properties, secret, text } from "../wire";
import { connectionTo, ignoreMissing, isPresent } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";
import { usagePlanPatch, usagePlanRequest } from "./usagePlan";

const MISSING = "NotFoundException";

function client({ location }: HandlerContext): APIGatewayClient {
  return new APIGatewayClient(connectionTo("API_GATEWAY", location.region));
}

function document(inputs: Properties): Uint8Array {
  return Buffer.from(text(inputs.body), "utf8");
}

function stageOf(properties: Properties): { restApiId: string; stageName: string } {
  return { restApiId: text(properties.restApi), stageName: text(properties.stageName) };
}

/** Those of a stage's method settings that the local gateway executes. */
function throttlePatch({ methodPath, settings }: Properties): PatchOperation[] {
  const { throttlingRateLimit, throttlingBurstLimit } = settings as Properties;
  return Object.entries({ rateLimit: throttlingRateLimit, burstLimit: throttlingBurstLimit })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      op: "replace",
      path: `/${text(methodPath)}/throttling/${name}`,
      value: text(value),
    }));
}

/** REST APIs, their deployments, stages, keys and usage plans in the local API gateway. */
export const apiHandlers: HandlerTable = {
  "aws:apigateway/restApi:RestApi": {
    async create(inputs, context) {
      const api = await client(context).send(new ImportRestApiCommand({ body: document(inputs) }));
      return { id: api.id, outputs: { rootResourceId: api.rootResourceId ?? "" } };
    },
    async update(id, _olds, news, context) {
      await client(context).send(
        new PutRestApiCommand({ restApiId: id, mode: "overwrite", body: document(news) }),
      );
      return undefined;
    },
    delete: (id, _properties, context) =>
      ignoreMissing(client(context).send(new DeleteRestApiCommand({ restApiId: id })), MISSING),
    exists: (id, _properties, context) =>
      isPresent(client(context).send(new GetRestApiCommand({ restApiId: id })), MISSING),
  },
  "aws:apigateway/deployment:Deployment": {
    async create(inputs, context) {
      const deployment = await client(context).send(
        new CreateDeploymentCommand({
          restApiId: text(inputs.restApi),
          description: text(inputs.description) || undefined,
        }),
      );
      return { id: deployment.id };
    },
    delete: (id, properties, context) =>
      ignoreMissing(
        client(context).send(
          new DeleteDeploymentCommand({ restApiId: text(properties.restApi), deploymentId: id }),
        ),
        MISSING,
      ),
    exists: (id, properties, context) =>
      isPresent(
        client(context).send(
          new GetDeploymentCommand({ restApiId: text(properties.restApi), deploymentId: id }),
        ),
        MISSING,
      ),
  },
  "aws:apigateway/stage:Stage": {
    async create(inputs, context) {
      const stage = stageOf(inputs);
      await client(context).send(
        new CreateStageCommand({
          ...stage,
          deploymentId: text(inputs.deployment),
          variables: inputs.variables as Record<string, string> | undefined,
        }),
      );
      const { endpoint } = connectionTo("API_GATEWAY", context.location.region);
      const invokeUrl = `${endpoint}/execute-api/${stage.restApiId}/${stage.stageName}`;
      return { outputs: { invokeUrl } };
    },
    async update(_id, olds, news, context) {
      if (text(olds.deployment) !== text(news.deployment)) {
        await client(context).send(
          new UpdateStageCommand({
            ...stageOf(news),
            patchOperations: [
              { op: "replace", path: "/deploymentId", value: text(news.deployment) },
            ],
          }),
        );
      }
      return undefined;
    },
    delete: (_id, properties, context) =>
      ignoreMissing(client(context).send(new DeleteStageCommand(stageOf(properties))), MISSING),
    exists: (_id, properties, context) =>
      isPresent(client(context).send(new GetStageCommand(stageOf(properties))), MISSING),
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    async create(inputs, context) {
      await client(context).send(
        new UpdateStageCommand({ ...stageOf(inputs), patchOperations: throttlePatch(inputs) }),
      );
      return {};
    },
    async update(_id, _olds, news, context) {
      await client(context).send(
        new UpdateStageCommand({ ...stageOf(news), patchOperations: throttlePatch(news) }),
      );
      return undefined;
    },
    delete: (_id, properties, context) =>
      ignoreMissing(
        client(context).send(
          new UpdateStageCommand({
            ...stageOf(properties),
            patchOperations: [{ op: "remove", path: `/${text(properties.methodPath)}` }],
          }),
        ),
        MISSING,
      ),
    exists: (_id, properties, context) =>
      isPresent(client(context).send(new GetStageCommand(stageOf(properties))), MISSING),
  },
  "aws:apigateway/apiKey:ApiKey": {
    async create(inputs, context) {
      const key = await client(context).send(
        new CreateApiKeyCommand({
          name: text(inputs.name),
          description: text(inputs.description) || undefined,
          enabled: inputs.enabled !== false,
          value: text(inputs.value) || undefined,
        }),
      );
      return { id: key.id, outputs: { value: secret(key.value ?? "") } };
    },
    delete: (id, _properties, context) =>
      ignoreMissing(client(context).send(new DeleteApiKeyCommand({ apiKey: id })), MISSING),
    exists: (id, _properties, context) =>
      isPresent(client(context).send(new GetApiKeyCommand({ apiKey: id })), MISSING),
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    async create(inputs, context) {
      const plan = await client(context).send(
        new CreateUsagePlanCommand({
          name: text(inputs.name),
          description: text(inputs.description) || undefined,
          ...usagePlanRequest(inputs),
        }),
      );
      return { id: plan.id };
    },
    async update(id, olds, news, context) {
      const patchOperations = usagePlanPatch(olds, news);
      if (patchOperations.length > 0) {
        await client(context).send(
          new UpdateUsagePlanCommand({ usagePlanId: id, patchOperations }),
        );
      }
      return undefined;
    },
    async delete(id, properties, context) {
      const gateway = client(context);
      // A plan that still names a stage cannot be deleted.
      const detach = usagePlanPatch(properties, { ...properties, apiStages: [] });
      const remove = async (): Promise<void> => {
        if (detach.length > 0) {
          await gateway.send(
            new UpdateUsagePlanCommand({ usagePlanId: id, patchOperations: detach }),
          );
        }
        await gateway.send(new DeleteUsagePlanCommand({ usagePlanId: id }));
      };
      await ignoreMissing(remove(), MISSING);
    },
    exists: (id, _properties, context) =>
      isPresent(client(context).send(new GetUsagePlanCommand({ usagePlanId: id })), MISSING),
  },
  "aws:apigateway/usagePlanKey:UsagePlanKey": {
    async create(inputs, context) {
      const key = await client(context).send(
        new CreateUsagePlanKeyCommand({
          usagePlanId: text(inputs.usagePlanId),
          keyId: text(inputs.keyId),
          keyType: text(inputs.keyType),
        }),
      );
      return { outputs: { name: key.name ?? "", value: secret(key.value ?? "") } };
    },
    delete: (id, properties, context) =>
      ignoreMissing(
        client(context).send(
          new DeleteUsagePlanKeyCommand({ usagePlanId: text(properties.usagePlanId), keyId: id }),
        ),
        MISSING,
      ),
    exists: (id, properties, context) =>
      isPresent(
        client(context).send(
          new GetUsagePlanKeyCommand({ usagePlanId: text(properties.usagePlanId), keyId: id }),
        ),
        MISSING,
      ),
  },
};
