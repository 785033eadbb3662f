import { GetRoleCommand } from "@aws-sdk/client-iam";

import type { Check, StackToBe } from "./check";
import {
  judgeServiceLinked,
  type ServiceLinkedRole,
  serviceLinkedRoles,
} from "./serviceLinkedVerdict";

export const serviceLinkedCheck: Check<StackToBe> = {
  id: "service-linked-roles",
  title: "the service-linked roles exist",
  onlyAws: "A local run has no service-linked roles.",
  async run({ planned, clients }) {
    const roles = serviceLinkedRoles(planned.cluster.task !== undefined);
    const missing: ServiceLinkedRole[] = [];
    for (const role of roles) {
      try {
        await clients.iam.send(new GetRoleCommand({ RoleName: role.name }));
      } catch (error) {
        if ((error as Error).name !== "NoSuchEntityException") {
          throw error;
        }
        missing.push(role);
      }
    }
    return judgeServiceLinked(roles, missing);
  },
};
