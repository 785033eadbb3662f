import { deploymentDrills } from "./deploymentDrills";
import type { Drill } from "./drill";
import { fuzzDrill } from "./fuzzDrill";
import { jobDrills } from "./jobDrills";
import { servingDrills } from "./servingDrills";

/** Every drill by its name, in the order `make drill` runs them. */
export const drills: Readonly<Record<string, Drill>> = {
  ...jobDrills,
  ...deploymentDrills,
  ...servingDrills,
  ...fuzzDrill,
};

/**
 * Names of the drills that are asked for.
 *
 * @param only names separated by commas; undefined means all
 * @throws Error that lists the drills when a name is none of them
 */
export function selectedDrills(only: string | undefined): string[] {
  const names = Object.keys(drills);
  if (only === undefined) {
    return names;
  }
  const wanted = only.split(",").map((name) => name.trim());
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `ONLY must name drills out of ${names.join(", ")}, separated by commas. ` +
        `Received: ${unknown.join(", ")}.`,
    );
  }
  return names.filter((name) => wanted.includes(name));
}
