/** A parsed path of the document. */
export interface PathPattern {
  /** As it is in the document, for example `/pets/{id}`. */
  readonly template: string;
  readonly segments: readonly Segment[];
}

type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "greedy"; readonly name: string };

export function parsePathPattern(template: string): PathPattern {
  const segments = split(template).map((text): Segment => {
    const greedy = /^\{([^{}]+)\+\}$/.exec(text);
    if (greedy) {
      return { kind: "greedy", name: greedy[1] };
    }
    const parameter = /^\{([^{}]+)\}$/.exec(text);
    return parameter ? { kind: "parameter", name: parameter[1] } : { kind: "literal", text };
  });
  return { template, segments };
}

/** The parameters of a matching path, else undefined. The segments of `path` are percent-encoded. */
export function matchPath(pattern: PathPattern, path: string): Record<string, string> | undefined {
  const parts = split(path);
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.segments.entries()) {
    if (segment.kind === "greedy") {
      const rest = parts.slice(index);
      if (rest.length === 0) {
        return undefined;
      }
      parameters[segment.name] = rest.map(decode).join("/");
      return parameters;
    }
    const part = parts[index];
    if (part === undefined) {
      return undefined;
    }
    if (segment.kind === "parameter") {
      parameters[segment.name] = decode(part);
    } else if (decode(part) !== segment.text) {
      return undefined;
    }
  }
  return parts.length === pattern.segments.length ? parameters : undefined;
}

/** Sorts the most specific pattern first: a literal before a parameter before a greedy one. */
export function bySpecificity(one: PathPattern, other: PathPattern): number {
  const rank = { literal: 0, parameter: 1, greedy: 2 };
  const length = Math.max(one.segments.length, other.segments.length);
  for (let index = 0; index < length; index++) {
    const left = one.segments[index];
    const right = other.segments[index];
    const difference =
      (left ? rank[left.kind] : rank.greedy) - (right ? rank[right.kind] : rank.greedy);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** REST APIs ignore a slash at the end. */
function split(path: string): string[] {
  const trimmed = path.replace(/^\//, "").replace(/\/$/, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
