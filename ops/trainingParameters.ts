import { Failure } from "./failure";

/** Reads `name=value` pairs, each name once. */
export function parseParameters(pairs: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of pairs) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      throw new Failure(`--parameter must be name=value, for example Epochs=4. Received: ${pair}.`);
    }
    if (name in parameters) {
      throw new Failure(`The parameter ${name} is given twice.`);
    }
    parameters[name] = value;
  }
  return parameters;
}

/** With what the evaluation may compare a candidate: the pipeline's parameter CompareWith. */
export const COMPARED_WITH = ["approved", "none"] as const;
export type ComparedWith = (typeof COMPARED_WITH)[number];

/**
 * The parameters of one training.
 *
 * @param pairs `name=value`, each name once
 * @param compareWith value of CompareWith. @default the pipeline's default
 */
export function trainingParameters(
  pairs: readonly string[],
  compareWith?: ComparedWith,
): Record<string, string> {
  return parseParameters([
    ...pairs,
    ...(compareWith === undefined ? [] : [`CompareWith=${compareWith}`]),
  ]);
}
