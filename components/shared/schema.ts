/** Problems of a value that has the type it should have. */
const OF_RIGHT_TYPE = new Set<string | undefined>([
  "custom",
  "invalid_format",
  "not_multiple_of",
  "too_big",
  "too_small",
  "unrecognized_keys",
]);

/** What zod hands to the `when` of a refinement. */
interface Payload {
  readonly value: unknown;
  readonly issues: readonly { readonly code?: string; readonly path?: readonly PropertyKey[] }[];
}

/**
 * For `when` of a zod refinement: run the rule on anything that has fields, also when some of them are wrong.
 * Without it zod skips the rule as soon as its object has another problem, and a second run would be needed.
 *
 * A rule reckons with fields that are absent, and not with ones of another type: beside those it is not run.
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
