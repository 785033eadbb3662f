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
import { USES } from "./compiledContract";

/** Maximum size of a record in Kinesis (PutRecords API reference), which also limits every length in it. */
export const MOST_RECORD_BYTES = 10_485_760;

/** What a schema describes; each kind has its own keywords. */
export type SchemaKind =
  "event" | "object" | "array" | "string" | "date-time" | "integer" | "number" | "boolean";

const count = (least: number): z.ZodType => wholeNumber(least, MOST_RECORD_BYTES);

const USE = `must be one of ${USES.join(", ")}, or a list of them without repetition`;
const use = z.enum(USES, USE);
const list = z
  .array(use, USE)
  .min(1, USE)
  .refine((listed) => new Set(listed).size === listed.length, USE);
const uses = z.union([use, list], USE);

const ALLOWED =
  "must be a list of at least one string of Unicode without repetition, and null where the field may be null";
const allowed = z
  .array(z.union([z.string(), z.null()], ALLOWED), ALLOWED)
  .refine((values) => values.some((value) => value !== null), ALLOWED)
  .refine((values) => new Set(values).size === values.length, ALLOWED)
  .refine((values) => !values.some((value) => /\p{Surrogate}/u.test(value ?? "")), ALLOWED);

const dateTime = z.literal(
  "date-time",
  'must be "date-time", the only format; other strings are described by lengths or an enum',
);

const OBJECT: Keywords = {
  ...NOTES,
  required: names,
  properties: z.record(z.string(), z.unknown(), "must be an object: the fields by their names"),
  additionalProperties: z.literal(
    false,
    "must be false or absent: the fields listed are all there are, and unknown ones are dropped",
  ),
};

const FIELD: Keywords = { ...NOTES, "x-use": uses };

/** The supported keywords of each kind and their values. `type` is read separately. */
export const KEYWORDS: Readonly<Record<SchemaKind, Keywords>> = {
  event: { ...OBJECT, $schema: dialect, $id: text, "x-max-bytes": count(1) },
  object: OBJECT,
  array: {
    ...FIELD,
    items: z.record(z.string(), z.unknown(), "must be an object: the schema of one item"),
    minItems: count(0),
    maxItems: count(1),
  },
  string: {
    ...FIELD,
    minLength: count(0),
    maxLength: count(1),
    enum: allowed,
    format: dateTime,
  },
  "date-time": { ...FIELD, format: dateTime },
  integer: { ...FIELD, minimum: integerBound, maximum: integerBound },
  number: { ...FIELD, minimum: numberBound, maximum: numberBound },
  boolean: FIELD,
};

/** Problems with the keywords of a schema inside an event's schema. */
export function eventKeywordProblems(
  kind: SchemaKind,
  path: string,
  schema: SchemaObject,
): SchemaProblem[] {
  const what = kind === "event" ? "an event" : `a field of the type ${kind}`;
  return keywordProblems(KEYWORDS[kind], what, path, schema);
}
