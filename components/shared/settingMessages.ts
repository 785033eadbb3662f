import type { z } from "zod";

import { alternativesOf, type JsonSchema, jsonSchemaOf, rangeOf, schemasAt } from "./jsonSchema";

/** The name of each kind of value in a message. */
const NAMES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "an integer",
  number: "a number",
  object: "an object",
  string: "a text",
};

/**
 * The messages for problems that a schema has no message of its own for: what is expected, including the whole range,
 * and what to do. The path of the value is put before, the value received after it.
 *
 * @param issue as zod reports it
 * @param schema of the whole value that was checked
 * @param isMissing whether the value is missing
 */
export function settingMessage(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  isMissing: boolean,
): string {
  const expected = expectedAt(schema, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return `has unknown keys: ${issue.keys.join(", ")}. Remove them or correct their spelling`;
    case "invalid_key":
      return issue.issues[0]?.message ?? `must have other names. Correct them`;
    case "too_small":
      return issue.origin === "array"
        ? `must have at least ${count(issue.minimum, "element")}. Add some`
        : issue.origin === "string"
          ? `must have at least ${count(issue.minimum, "character")}. Correct it`
          : `must be ${expected}. Raise it`;
    case "too_big":
      return issue.origin === "array"
        ? `must have at most ${count(issue.maximum, "element")}. Remove some`
        : issue.origin === "string"
          ? `must have at most ${count(issue.maximum, "character")}. Correct it`
          : `must be ${expected}. Lower it`;
    default:
      return isMissing ? `is missing: set it to ${expected}` : `must be ${expected}. Correct it`;
  }
}

function count(number: number | bigint, noun: string): string {
  return `${number} ${noun}${Number(number) === 1 ? "" : "s"}`;
}

/** What a path accepts, in words: `an integer from 1 to 600`, `"create" or "existing"`. */
function expectedAt(schema: z.ZodType, path: readonly PropertyKey[] | undefined): string {
  const described = schemasAt(jsonSchemaOf(schema), path ?? [])
    .flatMap(alternativesOf)
    .map(describe);
  return [...new Set(described)].join(" or ");
}

function describe(schema: JsonSchema): string {
  if (schema.enum !== undefined || schema.const !== undefined) {
    return (schema.enum ?? [schema.const]).map((value) => JSON.stringify(value)).join(" or ");
  }
  if (schema.type === "array") {
    const elements = schema.items === undefined ? [] : alternativesOf(schema.items).map(describe);
    return elements.length === 0 ? "a list" : `a list, each element ${elements.join(" or ")}`;
  }
  const step = schema.multipleOf === undefined ? "" : `, a multiple of ${schema.multipleOf}`;
  return (
    [NAMES[schema.type ?? ""] ?? "another value", rangeOf(schema)].filter(Boolean).join(" ") + step
  );
}
