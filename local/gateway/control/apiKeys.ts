import { badRequest, conflict, notFound } from "./errors";
import { accepted, type ControlOperation, created, ok, optionalText } from "./operation";
import { type ApiKey, nowInSeconds, randomId, type Resources } from "./resources";

/** @throws ControlError with NotFoundException */
export function apiKeyOf(resources: Resources, id: string): ApiKey {
  const key = resources.apiKeys.get(id);
  if (key === undefined) {
    throw notFound("API Key identifier");
  }
  return key;
}

export const apiKeyOperations: readonly ControlOperation[] = [
  {
    name: "CreateApiKey",
    method: "POST",
    path: "/apikeys",
    run: ({ resources, body }) => {
      const value = optionalText(body.value) ?? randomId(40);
      if (value.length < 20 || value.length > 128) {
        throw badRequest("API Key value should be between 20 and 128 characters");
      }
      if (resources.keyOfValue(value) !== undefined) {
        throw conflict("API Key already exists");
      }
      const key: ApiKey = {
        id: randomId(),
        name: optionalText(body.name) ?? "",
        description: optionalText(body.description),
        enabled: body.enabled === true,
        value,
        createdDate: nowInSeconds(),
      };
      resources.addKey(key);
      return created(show(key, true));
    },
  },
  {
    name: "GetApiKey",
    method: "GET",
    path: "/apikeys/{apiKey}",
    run: ({ resources, parameters, query }) =>
      ok(show(apiKeyOf(resources, parameters.apiKey), query.get("includeValue") === "true")),
  },
  {
    name: "DeleteApiKey",
    method: "DELETE",
    path: "/apikeys/{apiKey}",
    run: ({ resources, parameters }) => {
      resources.removeKey(apiKeyOf(resources, parameters.apiKey));
      return accepted;
    },
  },
];

function show(key: ApiKey, includeValue: boolean): object {
  const { id, name, description, enabled, createdDate } = key;
  return {
    id,
    name,
    description,
    enabled,
    createdDate,
    lastUpdatedDate: createdDate,
    stageKeys: [],
    ...(includeValue && { value: key.value }),
  };
}
