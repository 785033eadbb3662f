import type { PlannedResource } from "../../policy/rule";
import type { Registered } from "../shared/pulumiMocks";

/** Resources a test has planned, as the rules see them. */
export function plannedResources(
  registered: readonly Registered[],
  stack: string,
): PlannedResource[] {
  return registered.map(({ type, name, inputs, options }) => ({
    type,
    name,
    stack,
    inputs,
    protect: options.protect,
    dependencies: options.dependencies.map(fromUrn),
  }));
}

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>` */
function fromUrn(urn: string): { type: string; name: string } {
  const [types = "", name = ""] = urn.split("::").slice(2);
  return { type: types.split("$").at(-1) ?? "", name };
}
