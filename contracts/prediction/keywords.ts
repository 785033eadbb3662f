import { z } from "zod";

import {
  dialect,
  integerBound,
  keywordProblems,
  type Keywords,
  names,
  NOTES,
  numberBound,
  text,
  wholeNumber,
} from "../schema/keywords";
import type { SchemaProblem } from "../schema/problem";
import type { SchemaObject } from "../schema/schemaObject";

/** What a schema describes; each kind has its own keywords. */
export type PredictionSchemaKind =
  "root" | "object" | "array" | "string" | "integer" | "number" | "boolean";

/** Maximum size of a request in API Gateway (quotas of REST APIs: payload size, 10 MB). */
const MOST_REQUEST_BYTES = 10_485_760;

const count = (least: number): z.ZodType => wholeNumber(least, MOST_REQUEST_BYTES);

const ALLOWED = "must be a list of at least one string of Unicode without repetition";
const allowed = z
  .array(z.string(ALLOWED), ALLOWED)
  .min(1, ALLOWED)
  .refine((values) => new Set(values).size === values.length, ALLOWED)
  .refine((values) => !values.some((value) => /\p{Surrogate}/u.test(value)), ALLOWED);

const OBJECT: Keywords = {
  ...NOTES,
  required: names,
  properties: z.record(z.string(), z.unknown(), "must be an object: the fields by their names"),
  additionalProperties: z.literal(
    false,
    "must be false or absent: a model takes and gives the fields listed and no others",
  ),
};

/** The supported keywords of each kind and their values. `type` is read separately. */
const KEYWORDS: Readonly<Record<PredictionSchemaKind, Keywords>> = {
  root: { ...OBJECT, $schema: dialect, $id: text },
  object: OBJECT,
  array: {
    ...NOTES,
    items: z.record(z.string(), z.unknown(), "must be an object: the schema of one item"),
    minItems: count(0),
    maxItems: count(1),
  },
  string: { ...NOTES, minLength: count(0), maxLength: count(1), enum: allowed },
  integer: { ...NOTES, minimum: integerBound, maximum: integerBound },
  number: { ...NOTES, minimum: numberBound, maximum: numberBound },
  boolean: NOTES,
};

/** Problems with the keywords of a schema inside a prediction schema. */
export function predictionKeywordProblems(
  kind: PredictionSchemaKind,
  path: string,
  schema: SchemaObject,
): SchemaProblem[] {
  const what =
    kind === "root"
      ? "a prediction schema"
      : kind === "object"
        ? "an instance or a prediction"
        : `a field of the type ${kind}`;
  return keywordProblems(KEYWORDS[kind], what, path, schema);
}
