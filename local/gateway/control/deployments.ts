import { badRequest, notFound } from "./errors";
import { accepted, type ControlOperation, created, ok, optionalText } from "./operation";
import { type Deployment, nowInSeconds, randomId, type RestApi } from "./resources";
import { restApiOf } from "./restApis";

const COLLECTION = "/restapis/{restApiId}/deployments";
const ITEM = `${COLLECTION}/{deploymentId}`;

export const deploymentOperations: readonly ControlOperation[] = [
  {
    name: "CreateDeployment",
    method: "POST",
    path: COLLECTION,
    run: ({ resources, parameters, body }) => {
      const api = restApiOf(resources, parameters.restApiId);
      if (api.definition.operations.length === 0) {
        throw badRequest("The REST API doesn't contain any methods");
      }
      const deployment: Deployment = {
        id: randomId(6),
        description: optionalText(body.description),
        createdDate: nowInSeconds(),
        definition: api.definition,
      };
      api.deployments.set(deployment.id, deployment);
      return created(show(deployment));
    },
  },
  {
    name: "GetDeployment",
    method: "GET",
    path: ITEM,
    run: ({ resources, parameters }) => {
      const api = restApiOf(resources, parameters.restApiId);
      return ok(show(deploymentOf(api, parameters.deploymentId)));
    },
  },
  {
    name: "DeleteDeployment",
    method: "DELETE",
    path: ITEM,
    run: ({ resources, parameters }) => {
      const api = restApiOf(resources, parameters.restApiId);
      const { id } = deploymentOf(api, parameters.deploymentId);
      if ([...api.stages.values()].some((stage) => stage.deploymentId === id)) {
        throw badRequest(
          "Active stages pointing to this deployment must be moved or deleted before it can be " +
            "deleted",
        );
      }
      api.deployments.delete(id);
      return accepted;
    },
  },
];

function deploymentOf(api: RestApi, id: string): Deployment {
  const deployment = api.deployments.get(id);
  if (deployment === undefined) {
    throw notFound("Deployment identifier");
  }
  return deployment;
}

function show({ id, description, createdDate }: Deployment): object {
  return { id, description, createdDate };
}
