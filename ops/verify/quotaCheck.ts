import { ListServiceQuotasCommand } from "@aws-sdk/client-service-quotas";

import type { Check, StackToBe } from "./check";
import { judgeQuotas, quotaNeeds } from "./quotaVerdict";

export const quotaCheck: Check<StackToBe> = {
  id: "quotas",
  title: "the account's quotas suffice",
  onlyAws: "A local run has no quotas.",
  async run({ planned, clients }) {
    const needs = quotaNeeds(planned);
    const quotas = new Map<string, number>();
    for (const service of new Set(needs.map((need) => need.service))) {
      let nextToken: string | undefined;
      do {
        const page = await clients.serviceQuotas.send(
          new ListServiceQuotasCommand({ ServiceCode: service, NextToken: nextToken }),
        );
        for (const { QuotaName: name, Value: value } of page.Quotas ?? []) {
          quotas.set(`${service}: ${name}`, value ?? 0);
        }
        nextToken = page.NextToken;
      } while (nextToken !== undefined);
    }
    return judgeQuotas(needs, quotas);
  },
};
