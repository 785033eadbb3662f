import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** Problems of a value that has the type it should have. */
const OF_RIGHT_TYPE = new Set<string | undefined>([
  "custom",
  "invalid_format",
  "not_multiple_of",
  "too_big",
  "too_small",
  "unrecognized_keys",
]);

/** The argument of a zod refinement's `when`. */
interface Payload {
  readonly value: unknown;
  readonly issues: readonly { readonly code?: string; readonly path?: readonly PropertyKey[] }[];
}

/**
 * For `when` of a zod refinement: run the rule on anything that has fields, also when some of them are wrong.
 * Without it zod skips the rule as soon as its object has another problem, and a second run would be needed.
 *
 * A rule must handle absent fields, but not fields of the wrong type: then it is not run.
 */
export function hasFields({ value, issues }: Payload): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    issues.every(
      ({ code, path = [] }) => OF_RIGHT_TYPE.has(code) || valueAt(value, path) === undefined,
    )
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (parent, part) => (parent as Record<PropertyKey, unknown> | null | undefined)?.[part],
    value,
  );
}

/**
 * Accepts an output of another resource where a stack file has a plain value. It is not known while planning, so it
 * cannot be checked.
 */
export function orOutput<T>(schema: z.ZodType<T, T>): z.ZodType<pulumi.Input<T>, pulumi.Input<T>> {
  const plain = Object.fromEntries(
    // Only the root of a document declares its dialect.
    Object.entries(z.toJSONSchema(schema, { io: "input" })).filter(([key]) => key !== "$schema"),
  );
  return z
    .custom<pulumi.Input<T>>(
      (value) => pulumi.Output.isInstance(value) || schema.safeParse(value).success,
      { error: ({ input }) => schema.safeParse(input).error?.issues[0]?.message },
    )
    .meta(plain);
}
