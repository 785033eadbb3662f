import type { PatchOperation, UsagePlan } from "@aws-sdk/client-api-gateway";

import { isObject, type Properties, text } from "../wire";

/** The part of a CreateUsagePlan request that follows from Pulumi's inputs. */
export function usagePlanRequest(
  inputs: Properties,
): Pick<UsagePlan, "apiStages" | "throttle" | "quota"> {
  const { throttleSettings, quotaSettings } = inputs;
  return {
    apiStages: stages(inputs).map((stage) => {
      const [apiId, name] = stage.split(":");
      return { apiId, stage: name };
    }),
    ...(isObject(throttleSettings) && {
      throttle: {
        rateLimit: Number(throttleSettings.rateLimit),
        burstLimit: Number(throttleSettings.burstLimit),
      },
    }),
    ...(isObject(quotaSettings) && {
      quota: {
        limit: Number(quotaSettings.limit),
        offset: Number(quotaSettings.offset ?? 0),
        period: text(quotaSettings.period) as "DAY" | "WEEK" | "MONTH",
      },
    }),
  };
}

/** The patch that changes a usage plan from one set of inputs to another. */
export function usagePlanPatch(olds: Properties, news: Properties): PatchOperation[] {
  const before = stages(olds);
  const after = stages(news);
  return [
    ...before
      .filter((stage) => !after.includes(stage))
      .map((value): PatchOperation => ({ op: "remove", path: "/apiStages", value })),
    ...after
      .filter((stage) => !before.includes(stage))
      .map((value): PatchOperation => ({ op: "add", path: "/apiStages", value })),
    ...settings(olds.throttleSettings, news.throttleSettings, "/throttle"),
    ...settings(olds.quotaSettings, news.quotaSettings, "/quota"),
  ];
}

function stages(properties: Properties): string[] {
  const list = Array.isArray(properties.apiStages) ? (properties.apiStages as Properties[]) : [];
  return list.map(({ apiId, stage }) => `${text(apiId)}:${text(stage)}`);
}

function settings(olds: unknown, news: unknown, path: string): PatchOperation[] {
  if (!isObject(news)) {
    return isObject(olds) ? [{ op: "remove", path }] : [];
  }
  return Object.entries(news)
    .filter(([key, value]) => !isObject(olds) || olds[key] !== value)
    .map(([key, value]) => ({ op: "replace", path: `${path}/${key}`, value: text(value) }));
}
