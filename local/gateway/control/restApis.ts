import { type CompiledApi, compileDocument, DocumentError } from "../document/compile";
import { isJsonObject } from "../document/reference";
import { badRequest, notFound } from "./errors";
import { accepted, type ControlOperation, type ControlRequest, created, ok } from "./operation";
import { nowInSeconds, randomId, type Resources, type RestApi } from "./resources";

/** @throws ControlError with NotFoundException */
export function restApiOf(resources: Resources, id: string): RestApi {
  const api = resources.restApis.get(id);
  if (api === undefined) {
    throw notFound(`API identifier ${id}`);
  }
  return api;
}

export const restApiOperations: readonly ControlOperation[] = [
  {
    name: "ImportRestApi",
    method: "POST",
    path: "/restapis",
    run: (request) => {
      if (request.query.get("mode") !== "import") {
        throw badRequest("The local gateway has imported REST APIs only: call ImportRestApi.");
      }
      const { definition, title, description } = importBody(request);
      const api: RestApi = {
        id: randomId(),
        name: title,
        description,
        rootResourceId: randomId(),
        createdDate: nowInSeconds(),
        definition,
        deployments: new Map(),
        stages: new Map(),
      };
      request.resources.restApis.set(api.id, api);
      return created(show(api));
    },
  },
  {
    name: "PutRestApi",
    method: "PUT",
    path: "/restapis/{restApiId}",
    run: (request) => {
      const api = restApiOf(request.resources, request.parameters.restApiId);
      if (request.query.get("mode") !== "overwrite") {
        throw badRequest(
          "The local gateway knows the mode `overwrite` only; it does not merge documents.",
        );
      }
      const { definition, title, description } = importBody(request);
      Object.assign(api, { definition, name: title, description });
      return ok(show(api));
    },
  },
  {
    name: "GetRestApi",
    method: "GET",
    path: "/restapis/{restApiId}",
    run: ({ resources, parameters }) => ok(show(restApiOf(resources, parameters.restApiId))),
  },
  {
    name: "DeleteRestApi",
    method: "DELETE",
    path: "/restapis/{restApiId}",
    run: ({ resources, parameters }) => {
      const { id } = restApiOf(resources, parameters.restApiId);
      resources.restApis.delete(id);
      return accepted;
    },
  },
];

function importBody({ rawBody }: ControlRequest): {
  definition: CompiledApi;
  title: string;
  description?: string;
} {
  let document: unknown;
  try {
    document = JSON.parse(rawBody);
  } catch {
    throw badRequest("Invalid OpenAPI input.");
  }
  try {
    const definition = compileDocument(document);
    const info = isJsonObject(document) && isJsonObject(document.info) ? document.info : {};
    return {
      definition,
      title: typeof info.title === "string" ? info.title : "untitled",
      description: typeof info.description === "string" ? info.description : undefined,
    };
  } catch (error) {
    if (error instanceof DocumentError) {
      throw badRequest(error.message);
    }
    throw error;
  }
}

function show(api: RestApi): object {
  const { id, name, description, rootResourceId, createdDate } = api;
  return {
    id,
    name,
    description,
    rootResourceId,
    createdDate,
    apiKeySource: "HEADER",
    endpointConfiguration: { types: ["REGIONAL"] },
    disableExecuteApiEndpoint: false,
  };
}
