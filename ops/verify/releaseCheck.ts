import { ListSupportedInstanceTypesCommand } from "@aws-sdk/client-emr";

import type { Check, StackToBe } from "./check";
import type { PlannedStack } from "./plannedStack";
import { judgeRelease, type SupportedType } from "./releaseVerdict";

export const releaseCheck: Check<StackToBe> = {
  id: "release",
  title: "EMR has the release, for the cluster's instance types",
  onlyAws: "A local cluster has no nodes, so it asks for no instance type.",
  async run({ planned: { cluster }, clients }) {
    const supported = await supportedTypes(clients.emr, cluster.releaseLabel);
    return judgeRelease(cluster.releaseLabel, clusterTypes(cluster), supported);
  },
};

/** Every instance type that the cluster may choose, once. */
export function clusterTypes({ primary, core, task }: PlannedStack["cluster"]): string[] {
  return [
    ...new Set([...primary.instanceTypes, ...core.instanceTypes, ...(task?.instanceTypes ?? [])]),
  ];
}

async function supportedTypes(
  emr: StackToBe["clients"]["emr"],
  releaseLabel: string,
): Promise<SupportedType[] | undefined> {
  const types: SupportedType[] = [];
  let marker: string | undefined;
  try {
    do {
      const page = await emr.send(
        new ListSupportedInstanceTypesCommand({ ReleaseLabel: releaseLabel, Marker: marker }),
      );
      types.push(
        ...(page.SupportedInstanceTypes ?? []).map(({ Type, VCPU }) => ({
          type: Type ?? "",
          virtualCores: VCPU,
        })),
      );
      marker = page.Marker;
    } while (marker !== undefined);
    return types;
  } catch (error) {
    if ((error as Error).name === "InvalidRequestException") {
      return undefined;
    }
    throw error;
  }
}
