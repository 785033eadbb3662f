/** A resource as the rules see it, whether a test planned it or `pulumi preview` did. */
export interface PlannedResource {
  /** Pulumi type token, for example `aws:kinesis/stream:Stream`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Stack it belongs to. */
  readonly stack: string;
  /** Inputs under Pulumi's names. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** What it waits for, through an input or by itself. */
  readonly dependencies: readonly { readonly type: string; readonly name: string }[];
}

/** One demand on the resources of a stack. */
export interface Rule {
  /** Lower case with hyphens: what suppressions and the command line call it. */
  readonly name: string;
  readonly description: string;
  /** `stack` rules look at other resources too, so they run when all are planned. */
  readonly scope: "resource" | "stack";
  /**
   * What is wrong with a resource, a sentence each that goes on from its name; empty when nothing is, or when the
   * rule has nothing to say about its type.
   */
  check(resource: PlannedResource, stack: readonly PlannedResource[]): string[];
}

/** Resources of a type that name or wait for another one: a bucket's settings, a stream's policy. */
export function companions(
  resource: PlannedResource,
  stack: readonly PlannedResource[],
  type: string,
): PlannedResource[] {
  return stack.filter(
    (other) =>
      other.type === type &&
      other.dependencies.some(
        (dependency) => dependency.type === resource.type && dependency.name === resource.name,
      ),
  );
}

/** The value at a path such as `configuration.0.rule`, or undefined. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        inner !== null && typeof inner === "object"
          ? (inner as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

/** JSON text of an input as a value; undefined when it is absent or no JSON. */
export function parsed(text: unknown): unknown {
  if (typeof text !== "string") {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
