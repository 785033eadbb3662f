/** What stands in the `.dist-info` folder of an installed wheel, by the name of the folder. */
export interface WheelMetadata {
  readonly name: string;
  /** Content of METADATA. */
  readonly metadata: string;
  /** Content of WHEEL. */
  readonly wheel: string;
}

/** The wheels of an archive that a version of Python on any processor cannot use, and why. Versions are `3.MINOR`. */
export function unsuitableWheels(wheels: readonly WheelMetadata[], version: string): string[] {
  return wheels.flatMap(({ name, metadata, wheel }) => {
    const tags = [...wheel.matchAll(/^Tag: (.+?)\r?$/gm)].map(([, tag]) => tag);
    const required = /^Requires-Python: (.+?)\r?$/m.exec(metadata)?.[1] ?? "";
    return [
      ...(tags.includes("py3-none-any") ? [] : [`${name} is built for ${tags.join(", ")}.`]),
      ...(satisfies(version, required)
        ? []
        : [`${name} wants Python ${required}, the cluster has ${version}.`]),
    ];
  });
}

/** The part of PEP 440 that packages use for Python: comparisons of releases, joined by commas. */
function satisfies(version: string, specifiers: string): boolean {
  const clauses = specifiers.split(",").filter((clause) => clause.trim() !== "");
  return clauses.every((clause) => {
    const parts = /^\s*(>=|<=|<|>|!=|==|~=)\s*([\d.]+?)(\.\*)?\s*$/.exec(clause);
    if (parts === null) {
      throw new Error(`Requires-Python has a clause this check cannot read: ${clause}`);
    }
    const [, operator, bound, prefix] = parts;
    const compared = compare(version, bound, prefix === undefined ? 2 : bound.split(".").length);
    switch (operator) {
      case ">=":
        return compared >= 0;
      case "~=":
        return compared >= 0 && version.split(".")[0] === bound.split(".")[0];
      case "<=":
        return compared <= 0;
      case "<":
        return compared < 0;
      case ">":
        return compared > 0;
      default:
        return (compared === 0) === (operator === "==");
    }
  });
}

function compare(version: string, bound: string, parts: number): number {
  const [left, right] = [version, bound].map((text) => text.split(".").map(Number));
  for (let part = 0; part < parts; part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
