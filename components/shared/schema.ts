/**
 * For `when` of a zod refinement: run the rule on anything that has fields, also when some of them are wrong.
 * Without it zod skips the rule as soon as its object has another problem, and a second run would be needed.
 */
export function hasFields(payload: { readonly value: unknown }): boolean {
  return typeof payload.value === "object" && payload.value !== null;
}
