/** The parts of a URN that this provider reads. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** Type token of the resource itself, without its parents' types. */
  readonly type: string;
  readonly name: string;
}

/** Splits `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */
export function parseUrn(urn: string): UrnParts {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    project,
    type: types.split("$").at(-1) ?? types,
    name: name.join("::"),
  };
}
