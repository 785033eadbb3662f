import { badRequest, conflict, notFound } from "./errors";
import { accepted, created, ok, optionalText, type ControlOperation } from "./operation";
import { applyPatch, numberOf, textRules, type PatchRule } from "./patch";
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
      return created(show(putStage(api, stageName, optionalText(body.deploymentId) ?? "", body)));
    },
  },
  {
    name: "GetStages",
    method: "GET",
    path: COLLECTION,
    run: ({ resources, parameters }) => {
      const api = restApiOf(resources, parameters.restApiId);
      return ok({ item: [...api.stages.values()].map(show) });
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

/** Creates the stage or points it to the deployment. */
export function putStage(
  api: RestApi,
  stageName: string,
  deploymentId: string,
  body: Record<string, unknown>,
): Stage {
  requireDeployment(api, deploymentId);
  const existing = api.stages.get(stageName);
  if (existing !== undefined) {
    existing.deploymentId = deploymentId;
    return existing;
  }
  const stage: Stage = {
    stageName,
    deploymentId,
    description: optionalText(body.description ?? body.stageDescription),
    variables: { ...(body.variables as Record<string, string> | undefined) },
    methodThrottles: new Map(),
    createdDate: nowInSeconds(),
  };
  api.stages.set(stageName, stage);
  return stage;
}

function rules(api: RestApi, stage: Stage): PatchRule[] {
  return [
    ...textRules(stage, "description"),
    {
      path: /^\/deploymentId$/,
      ops: ["replace"],
      apply: (value) => {
        requireDeployment(api, value);
        stage.deploymentId = value;
      },
    },
    {
      path: /^\/variables\/(\w+)$/,
      ops: ["add", "replace", "remove"],
      apply: (value, op, [name]) => {
        if (op === "remove") {
          delete stage.variables[name];
        } else {
          stage.variables[name] = value;
        }
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
