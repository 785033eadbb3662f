import { z } from "zod";

import type { SchemaProblem } from "./problem";
import type { SchemaObject } from "./schemaObject";

/** The value that each keyword of a schema may have. */
export type Keywords = Readonly<Record<string, z.ZodType>>;

/** A whole number in a range, including both ends. */
export function wholeNumber(least: number, most: number): z.ZodType<number> {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
}

export const integerBound = z.int(
  "must be a whole number from -9007199254740991 to 9007199254740991, which every JSON reader holds exactly",
);
export const numberBound = z.number("must be a number that a double can hold");
export const text = z.string("must be a string");

const NAMES = "must be a list of names without repetition";

/** Names of properties. */
export const names = z
  .array(z.string(), NAMES)
  .refine((listed) => new Set(listed).size === listed.length, NAMES);

/** The only supported dialect. */
export const dialect = z.literal(
  "https://json-schema.org/draft/2020-12/schema",
  'must be "https://json-schema.org/draft/2020-12/schema"',
);

/** Keywords without effect. */
export const NOTES: Keywords = {
  title: text,
  description: text,
  $comment: text,
  examples: z.array(z.unknown(), "must be a list"),
  deprecated: z.boolean("must be true or false"),
};

/** What to do instead of common keywords that are not supported. */
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

/**
 * Problems with the keywords of one schema, each taken alone.
 *
 * @param known all allowed keywords except `type`, which is read separately
 * @param what what the schema describes, for example "a field of the type string"
 */
export function keywordProblems(
  known: Keywords,
  what: string,
  path: string,
  schema: SchemaObject,
): SchemaProblem[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === "type") {
      return [];
    }
    const place = path === "" ? keyword : `${path}.${keyword}`;
    if (!Object.hasOwn(known, keyword)) {
      const wayOut = Object.hasOwn(WAYS_OUT, keyword)
        ? WAYS_OUT[keyword]
        : `remove it; there may be ${Object.keys(known).sort().join(", ")}`;
      const message = `is not a keyword of ${what}: ${wayOut}`;
      return [{ path: place, message, received: value }];
    }
    const result = known[keyword].safeParse(value);
    return result.success
      ? []
      : [{ path: place, message: result.error.issues[0].message, received: value }];
  });
}
