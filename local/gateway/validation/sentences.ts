import type { ErrorObject } from "ajv";

type Sentence = (error: ErrorObject) => string;

/**
 * API Gateway's sentence for a violation of each keyword. It validates with the Java library
 * json-schema-validator, whose sentences do not say where in the body the violation is.
 */
const SENTENCES: Record<string, Sentence> = {
  type: ({ data, schema }) =>
    `instance type (${typeName(data)}) does not match any allowed primitive type ` +
    `(allowed: ${list(Array.isArray(schema) ? (schema as unknown[]) : [schema])})`,
  enum: ({ data, schema }) =>
    `instance value (${JSON.stringify(data)}) not found in enum ` +
    `(possible values: ${JSON.stringify(schema)})`,
  maxItems: ({ data, schema }) =>
    `array is too long: must have at most ${String(schema)} elements ` +
    `but instance has ${lengthOf(data)} elements`,
  minItems: ({ data, schema }) =>
    `array is too short: must have at least ${String(schema)} elements ` +
    `but instance has ${lengthOf(data)} elements`,
  uniqueItems: () => "array must not contain duplicate elements",
  maxLength: ({ data, schema }) =>
    `string ${JSON.stringify(data)} is too long ` +
    `(length: ${lengthOf(data)}, maximum allowed: ${String(schema)})`,
  minLength: ({ data, schema }) =>
    `string ${JSON.stringify(data)} is too short ` +
    `(length: ${lengthOf(data)}, required minimum: ${String(schema)})`,
  pattern: ({ data, schema }) =>
    `ECMA 262 regex "${String(schema)}" does not match input string ${JSON.stringify(data)}`,
  maximum: ({ data, schema }) =>
    `numeric instance is greater than the required maximum ` +
    `(maximum: ${String(schema)}, found: ${String(data)})`,
  minimum: ({ data, schema }) =>
    `numeric instance is lower than the required minimum ` +
    `(minimum: ${String(schema)}, found: ${String(data)})`,
  anyOf: ({ schema }) =>
    `instance failed to match at least one required schema among ${lengthOf(schema)}`,
  oneOf: ({ schema }) =>
    `instance failed to match exactly one schema (matched 0 out of ${lengthOf(schema)})`,
};

/** Longest text of a violation, in characters; bodies can hold megabytes. */
const LONGEST_SENTENCE = 1000;

/** The value of `$context.error.validationErrorString`: every violation, in brackets. */
export function validationErrorString(errors: readonly ErrorObject[]): string {
  const sentences: string[] = [];
  const grouped = new Map<string, { position: number; names: string[]; keyword: string }>();
  for (const error of errors) {
    if (/\/(?:anyOf|oneOf)\/\d+\//.test(error.schemaPath)) {
      continue;
    }
    if (error.keyword === "required" || error.keyword === "additionalProperties") {
      const key = `${error.keyword} ${error.instancePath}`;
      const group = grouped.get(key) ?? {
        position: sentences.push("") - 1,
        names: [],
        keyword: error.keyword,
      };
      const params = error.params as { missingProperty?: string; additionalProperty?: string };
      group.names.push(params.missingProperty ?? params.additionalProperty ?? "");
      grouped.set(key, group);
      continue;
    }
    sentences.push(SENTENCES[error.keyword]?.(error) ?? `${error.keyword}: ${error.message}`);
  }
  for (const { position, names, keyword } of grouped.values()) {
    sentences[position] =
      keyword === "required"
        ? `object has missing required properties (${list(names)})`
        : `object instance has properties which are not allowed by the schema: ${list(names)}`;
  }
  return `[${sentences.map(shorten).join(", ")}]`;
}

function shorten(sentence: string): string {
  return sentence.length <= LONGEST_SENTENCE
    ? sentence
    : `${Array.from(sentence.slice(0, 2 * LONGEST_SENTENCE))
        .slice(0, LONGEST_SENTENCE)
        .join("")}...`;
}

function list(names: unknown[]): string {
  return JSON.stringify(names.map(String).sort());
}

/** Elements of an array, or characters of a string: code points, as JSON schema counts them. */
function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : Array.from(String(value)).length;
}

function typeName(value: unknown): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "array";
  }
  return Number.isInteger(value) ? "integer" : typeof value;
}
