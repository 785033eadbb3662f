import { failed, ok, type Verdict } from "./verdict";

/** An instance type that a release supports. */
export interface SupportedType {
  readonly type: string;
  readonly virtualCores?: number;
}

/**
 * EMR has the release, and supports every instance type of the cluster on it.
 *
 * @param supported undefined when EMR does not know the release in this region
 */
export function judgeRelease(
  label: string,
  wanted: readonly string[],
  supported: readonly SupportedType[] | undefined,
): Verdict {
  if (supported === undefined) {
    return failed(
      `EMR has no release ${label} in this region.`,
      "Choose another one (components/runtimes/emrReleases.ts), or another region.",
    );
  }
  const known = new Set(supported.map(({ type }) => type));
  const missing = wanted.filter((type) => !known.has(type));
  return missing.length === 0
    ? ok(`EMR supports ${wanted.join(", ")} on ${label}.`)
    : failed(
        `On ${label} EMR does not support ${missing.join(", ")}.`,
        "Take other types in the stack's cluster.",
      );
}
