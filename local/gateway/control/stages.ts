import { badRequest, conflict, notFound } from "./errors";
import { accepted, type ControlOperation, created, ok, optionalText } from "./operation";
import { applyPatch, numberOf, type PatchRule } from "./patch";
import { nowInSeconds, type RestApi, type Stage } from "./resources";
import { restApiOf } from "./restApis";

const COLLECTION = "/restapis/{restApiId}/stages";
const ITEM = `${COLLECTION}/{stageName}`;

export const stageOperations: readonly ControlOperation[] = [
  {
    name: "CreateStage",
    method: "POST",
    path: COLLECTION,
    run: ({ resources, parameters, body }) => {
      const api = restApiOf(resources, parameters.restApiId);
      const stageName = optionalText(body.stageName) ?? "";
      if (!/^[a-zA-Z0-9_]{1,128}$/.test(stageName)) {
        throw badRequest("Stage name only allows a-zA-Z0-9_");
      }
      if (api.stages.has(stageName)) {
        throw conflict("Stage already exists");
      }
      const deploymentId = optionalText(body.deploymentId) ?? "";
      requireDeployment(api, deploymentId);
      const stage: Stage = {
        stageName,
        deploymentId,
        description: optionalText(body.description),
        variables: { ...(body.variables as Record<string, string> | undefined) },
        methodThrottles: new Map(),
        createdDate: nowInSeconds(),
      };
      api.stages.set(stageName, stage);
      return created(show(stage));
    },
  },
  {
    name: "GetStage",
    method: "GET",
    path: ITEM,
    run: ({ resources, parameters }) =>
      ok(show(stageOf(restApiOf(resources, parameters.restApiId), parameters.stageName))),
  },
  {
    name: "UpdateStage",
    method: "PATCH",
    path: ITEM,
    run: ({ resources, parameters, body }) => {
      const api = restApiOf(resources, parameters.restApiId);
      const stage = stageOf(api, parameters.stageName);
      applyPatch(body, rules(api, stage));
      return ok(show(stage));
    },
  },
  {
    name: "DeleteStage",
    method: "DELETE",
    path: ITEM,
    run: ({ resources, parameters }) => {
      const api = restApiOf(resources, parameters.restApiId);
      api.stages.delete(stageOf(api, parameters.stageName).stageName);
      return accepted;
    },
  },
];

function rules(api: RestApi, stage: Stage): PatchRule[] {
  return [
    {
      path: /^\/deploymentId$/,
      ops: ["replace"],
      apply: (value) => {
        requireDeployment(api, value);
        stage.deploymentId = value;
      },
    },
    {
      // For example /*/*/throttling/rateLimit and /~1pets/POST/throttling/burstLimit.
      path: /^\/([^/]+)\/([^/]+)\/throttling\/(rateLimit|burstLimit)$/,
      ops: ["add", "replace"],
      apply: (value, _op, [path, method, limit]) => {
        const key = `${path}/${method}`;
        const throttle = stage.methodThrottles.get(key) ?? {};
        throttle[limit as "rateLimit" | "burstLimit"] = numberOf(value, limit);
        stage.methodThrottles.set(key, throttle);
      },
    },
    {
      // All settings of a method, or of every method: /*/*.
      path: /^\/([^/]+)\/([^/]+)$/,
      ops: ["remove"],
      apply: (_value, _op, [path, method]) => stage.methodThrottles.delete(`${path}/${method}`),
    },
  ];
}

function requireDeployment(api: RestApi, deploymentId: string): void {
  if (!api.deployments.has(deploymentId)) {
    throw badRequest("Deployment id does not exist");
  }
}

function stageOf(api: RestApi, stageName: string): Stage {
  const stage = api.stages.get(stageName);
  if (stage === undefined) {
    throw notFound("stage identifier");
  }
  return stage;
}

function show(stage: Stage): object {
  const { stageName, deploymentId, description, variables, createdDate } = stage;
  const methodSettings = Object.fromEntries(
    [...stage.methodThrottles].map(([key, { rateLimit, burstLimit }]) => [
      key,
      { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit },
    ]),
  );
  return {
    stageName,
    deploymentId,
    description,
    variables,
    methodSettings,
    createdDate,
    lastUpdatedDate: createdDate,
  };
}
