import { z } from "zod";

import { USES } from "./compiledContract";
import type { SchemaProblem } from "./problem";

/** Kinesis takes no larger record (PutRecords API reference). Nothing in a record can be more than its bytes. */
export const MOST_RECORD_BYTES = 10_485_760;

/** What a place of the schema describes; each kind has keywords of its own. */
export type SchemaKind =
  "event" | "object" | "array" | "string" | "date-time" | "integer" | "number" | "boolean";

type Keywords = Readonly<Record<string, z.ZodType>>;

const count = (least: number) =>
  z
    .int(`must be a whole number from ${least} to ${MOST_RECORD_BYTES}`)
    .min(least, `must be a whole number from ${least} to ${MOST_RECORD_BYTES}`)
    .max(MOST_RECORD_BYTES, `must be a whole number from ${least} to ${MOST_RECORD_BYTES}`);

const integerBound = z.int(
  "must be a whole number from -9007199254740991 to 9007199254740991, which every JSON reader holds exactly",
);
const numberBound = z.number("must be a number that a double can hold");
const text = z.string("must be a string");

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

/** Notes for readers; they change nothing. */
const NOTES: Keywords = {
  title: text,
  description: text,
  $comment: text,
  examples: z.array(z.unknown(), "must be a list"),
  deprecated: z.boolean("must be true or false"),
};

const OBJECT: Keywords = {
  ...NOTES,
  required: z
    .array(z.string(), "must be a list of names without repetition")
    .refine(
      (names) => new Set(names).size === names.length,
      "must be a list of names without repetition",
    ),
  properties: z.record(z.string(), z.unknown(), "must be an object: the fields by their names"),
  additionalProperties: z.literal(
    false,
    "must be false or absent: the fields listed are all there are, and unknown ones are dropped",
  ),
};

const FIELD: Keywords = { ...NOTES, "x-use": uses };

/** The subset: which keywords stand where and what they may hold. `type` is read apart. */
export const KEYWORDS: Readonly<Record<SchemaKind, Keywords>> = {
  event: {
    ...OBJECT,
    $schema: z.literal(
      "https://json-schema.org/draft/2020-12/schema",
      'must be "https://json-schema.org/draft/2020-12/schema"',
    ),
    $id: text,
    "x-max-bytes": count(1),
  },
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

/** What to do instead, for keywords that others use. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  $ref: "write out in place what it refers to",
  $defs: "write its schemas out where they are used",
  const: "list the value in enum",
  exclusiveMinimum: "write the inclusive bound as minimum",
  exclusiveMaximum: "write the inclusive bound as maximum",
  formatMinimum: "remove it: every date-time begins in 1900",
  pattern: "remove it: a string is described by lengths or an enum",
  multipleOf: "remove it, and round where the value is used",
  uniqueItems: "remove it: items may repeat",
};

/** What is wrong with the keywords of one place, whatever they mean together. */
export function keywordProblems(
  kind: SchemaKind,
  path: string,
  schema: Readonly<Record<string, unknown>>,
): SchemaProblem[] {
  const known = KEYWORDS[kind];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === "type") {
      return [];
    }
    const place = path === "" ? keyword : `${path}.${keyword}`;
    if (!Object.hasOwn(known, keyword)) {
      return [{ path: place, message: unknownKeyword(kind, keyword), received: value }];
    }
    const result = known[keyword].safeParse(value);
    return result.success
      ? []
      : [{ path: place, message: result.error.issues[0].message, received: value }];
  });
}

function unknownKeyword(kind: SchemaKind, keyword: string): string {
  const what = kind === "event" ? "an event" : `a field of the type ${kind}`;
  const wayOut = Object.hasOwn(WAYS_OUT, keyword)
    ? WAYS_OUT[keyword]
    : `remove it; there may be ${Object.keys(KEYWORDS[kind]).sort().join(", ")}`;
  return `is no keyword of ${what}: ${wayOut}`;
}
