import { failed, ok, type Verdict } from "./verdict";

/** An instance type in a zone that offers it. */
export interface Offering {
  readonly zone: string;
  readonly type: string;
}

/**
 * A cluster finds nodes: EMR takes one zone for all of them, so in a zone every fleet needs a type.
 *
 * @param fleets types of each fleet
 * @param zones those of the stack's subnets
 */
export function judgeZones(
  fleets: Readonly<Record<string, readonly string[]>>,
  zones: readonly string[],
  offerings: readonly Offering[],
): Verdict {
  const lacking = zones.flatMap((zone) => {
    const offered = new Set(offerings.filter((one) => one.zone === zone).map(({ type }) => type));
    const empty = Object.keys(fleets).filter(
      (fleet) => !fleets[fleet].some((type) => offered.has(type)),
    );
    return empty.length === 0 ? [] : [`${zone} for ${empty.join(", ")}`];
  });
  if (lacking.length === zones.length) {
    return failed(
      `No zone offers a type of every fleet: none in ${lacking.join("; none in ")}.`,
      "Take other types in the stack's cluster, or another region.",
    );
  }
  return ok(
    lacking.length === 0
      ? `${zones.join(", ")} offer types of every fleet.`
      : `${zones.length - lacking.length} of ${zones.length} zones offer types of every fleet; none in ${lacking.join("; none in ")}.`,
  );
}
