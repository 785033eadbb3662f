import { z } from "zod";

const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);

/** One prediction of any workload, or a part of one, as the API answers it. */
export const predictionSchema = z.record(
  z.string(),
  z.union([scalarSchema, z.array(scalarSchema)]),
);

type Scalar = z.infer<typeof scalarSchema>;

export type Prediction = Readonly<Record<string, Scalar | readonly Scalar[]>>;

/** Items of an array that people are shown. */
const SHOWN_ITEMS = 3;

/**
 * Whether a prediction says what was expected: the same scalars, and of an array every expected item
 * among the answered ones.
 */
export function isExpected(expected: Prediction, prediction: Prediction): boolean {
  return Object.entries(expected).every(([name, value]) => {
    const answered = prediction[name] ?? [];
    const items: readonly Scalar[] = ([] as Scalar[]).concat(answered);
    return isArray(value)
      ? isArray(answered) && value.every((item) => items.includes(item))
      : value === answered;
  });
}

/** The fields of a prediction that are not among the expected ones, by name: a model has no order. */
export function restOf(expected: Prediction, prediction: Prediction): Prediction {
  const rest = Object.entries(prediction).filter(([name]) => !(name in expected));
  return Object.fromEntries(rest.sort(([left], [right]) => left.localeCompare(right)));
}

/** The fields of a prediction that are among the expected ones. */
export function partOf(expected: Prediction, prediction: Prediction): Prediction {
  return Object.fromEntries(Object.entries(prediction).filter(([name]) => name in expected));
}

/** A prediction in one line, each value behind its name. */
export function withNames(prediction: Prediction): string {
  return Object.entries(prediction)
    .map(([name, value]) => `${name} ${valueInWords(value)}`)
    .join(", ");
}

/** A prediction in one line: the value of an only field that is no boolean, else each value behind its name. */
export function inWords(prediction: Prediction): string {
  const values = Object.values(prediction);
  return values.length === 1 && typeof values[0] !== "boolean"
    ? valueInWords(values[0])
    : withNames(prediction);
}

function valueInWords(value: Scalar | readonly Scalar[]): string {
  if (isArray(value)) {
    const shown = value.slice(0, SHOWN_ITEMS).map(valueInWords).join(" ");
    return value.length > SHOWN_ITEMS ? `${shown} …` : shown;
  }
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : String(value);
}

function isArray(value: Scalar | readonly Scalar[]): value is readonly Scalar[] {
  return Array.isArray(value);
}
