import { apiKeyOf } from "./apiKeys";
import { badRequest, conflict, notFound } from "./errors";
import { accepted, type ControlOperation, created, ok, optionalText } from "./operation";
import type { ApiKey, Resources, UsagePlan } from "./resources";
import { usagePlanOf } from "./usagePlans";

const COLLECTION = "/usageplans/{usageplanId}/keys";
const ITEM = `${COLLECTION}/{keyId}`;

export const usagePlanKeyOperations: readonly ControlOperation[] = [
  {
    name: "CreateUsagePlanKey",
    method: "POST",
    path: COLLECTION,
    run: ({ resources, parameters, body }) => {
      const plan = usagePlanOf(resources, parameters.usageplanId);
      if (body.keyType !== "API_KEY") {
        throw badRequest("Invalid key type specified: it must be API_KEY");
      }
      const key = apiKeyOf(resources, optionalText(body.keyId) ?? "");
      if (plan.keyIds.has(key.id)) {
        throw conflict("API Key already associated with the usage plan");
      }
      plan.keyIds.add(key.id);
      return created(show(key));
    },
  },
  {
    name: "GetUsagePlanKey",
    method: "GET",
    path: ITEM,
    run: ({ resources, parameters }) => {
      const plan = usagePlanOf(resources, parameters.usageplanId);
      return ok(show(keyOf(resources, plan, parameters.keyId)));
    },
  },
  {
    name: "DeleteUsagePlanKey",
    method: "DELETE",
    path: ITEM,
    run: ({ resources, parameters }) => {
      const plan = usagePlanOf(resources, parameters.usageplanId);
      plan.keyIds.delete(keyOf(resources, plan, parameters.keyId).id);
      return accepted;
    },
  },
];

function keyOf(resources: Resources, plan: UsagePlan, id: string): ApiKey {
  if (!plan.keyIds.has(id)) {
    throw notFound("Usage Plan Key identifier");
  }
  return apiKeyOf(resources, id);
}

function show({ id, name, value }: ApiKey): object {
  return { id, name, type: "API_KEY", value };
}
