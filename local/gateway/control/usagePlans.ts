import { z } from "zod";

import type { QuotaPeriod } from "../admission/quota";
import { badRequest, notFound } from "./errors";
import { accepted, type ControlOperation, created, ok } from "./operation";
import { applyPatch, numberOf, type PatchRule } from "./patch";
import { randomId, type Resources, type UsagePlan } from "./resources";

const usagePlanSchema = z.object({
  name: z.string().min(1),
  description: z.string().optional(),
  apiStages: z.array(z.object({ apiId: z.string(), stage: z.string() })).default([]),
  throttle: z
    .object({ rateLimit: z.number().optional(), burstLimit: z.number().optional() })
    .optional(),
  quota: z
    .object({
      limit: z.int().min(1),
      offset: z.int().min(0).default(0),
      period: z.enum(["DAY", "WEEK", "MONTH"]),
    })
    .optional(),
});

/** @throws ControlError with NotFoundException */
export function usagePlanOf(resources: Resources, id: string): UsagePlan {
  const plan = resources.usagePlans.get(id);
  if (plan === undefined) {
    throw notFound("Usage Plan ID");
  }
  return plan;
}

export const usagePlanOperations: readonly ControlOperation[] = [
  {
    name: "CreateUsagePlan",
    method: "POST",
    path: "/usageplans",
    run: ({ resources, body }) => {
      const parsed = usagePlanSchema.safeParse(body);
      if (!parsed.success) {
        throw badRequest(z.prettifyError(parsed.error));
      }
      const { apiStages, ...settings } = parsed.data;
      const plan: UsagePlan = {
        ...settings,
        id: randomId(6),
        apiStages: new Set(),
        keyIds: new Set(),
      };
      apiStages.forEach(({ apiId, stage }) => addStage(resources, plan, `${apiId}:${stage}`));
      resources.usagePlans.set(plan.id, plan);
      return created(show(plan));
    },
  },
  {
    name: "GetUsagePlan",
    method: "GET",
    path: "/usageplans/{usageplanId}",
    run: ({ resources, parameters }) => ok(show(usagePlanOf(resources, parameters.usageplanId))),
  },
  {
    name: "UpdateUsagePlan",
    method: "PATCH",
    path: "/usageplans/{usageplanId}",
    run: ({ resources, parameters, body }) => {
      const plan = usagePlanOf(resources, parameters.usageplanId);
      applyPatch(body, rules(resources, plan));
      return ok(show(plan));
    },
  },
  {
    name: "DeleteUsagePlan",
    method: "DELETE",
    path: "/usageplans/{usageplanId}",
    run: ({ resources, parameters }) => {
      const plan = usagePlanOf(resources, parameters.usageplanId);
      const attached = [...plan.apiStages].some((stage) => isLive(resources, stage));
      if (attached) {
        throw badRequest(
          `Cannot delete Usage Plan ${plan.id} because it is associated with API stages. ` +
            "Please disassociate all API stages from the usage plan before deleting it",
        );
      }
      resources.usagePlans.delete(plan.id);
      return accepted;
    },
  },
];

function rules(resources: Resources, plan: UsagePlan): PatchRule[] {
  return [
    {
      path: /^\/apiStages$/,
      ops: ["add", "remove"],
      apply: (value, op) => {
        if (op === "add") {
          addStage(resources, plan, value);
        } else if (!plan.apiStages.delete(value)) {
          throw notFound(`API Stage ${value}`);
        }
      },
    },
    {
      path: /^\/throttle\/(rateLimit|burstLimit)$/,
      ops: ["add", "replace"],
      apply: (value, _op, [limit]) => {
        plan.throttle = { ...plan.throttle, [limit]: numberOf(value, limit) };
      },
    },
    { path: /^\/throttle$/, ops: ["remove"], apply: () => delete plan.throttle },
    {
      path: /^\/quota\/(limit|offset|period)$/,
      ops: ["add", "replace"],
      apply: (value, _op, [name]) => {
        const quota = plan.quota ?? { limit: 0, offset: 0, period: "DAY" as QuotaPeriod };
        const parsed = name === "period" ? (value as QuotaPeriod) : numberOf(value, name);
        plan.quota = { ...quota, [name]: parsed };
      },
    },
    { path: /^\/quota$/, ops: ["remove"], apply: () => delete plan.quota },
  ];
}

function addStage(resources: Resources, plan: UsagePlan, stage: string): void {
  if (!isLive(resources, stage)) {
    throw notFound(`API Stage ${stage}`);
  }
  plan.apiStages.add(stage);
}

function isLive(resources: Resources, stage: string): boolean {
  const [apiId, stageName] = stage.split(":");
  return resources.restApis.get(apiId)?.stages.has(stageName) === true;
}

function show(plan: UsagePlan): object {
  const { id, name, description, throttle, quota } = plan;
  const apiStages = [...plan.apiStages].map((stage) => {
    const [apiId, stageName] = stage.split(":");
    return { apiId, stage: stageName };
  });
  return { id, name, description, throttle, quota, apiStages };
}
