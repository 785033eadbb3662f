import { SchemaError } from "./problem";

/** A JSON object of a schema. */
export type SchemaObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a file that must hold one JSON object.
 *
 * @param rules page of docs/ that describes it
 * @param what it must be, for example "the JSON schema of an event"
 * @throws SchemaError when it holds anything else
 */
export function parseObject(file: string, rules: string, what: string, text: string): SchemaObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = `must be JSON: ${(error as Error).message}`;
    throw new SchemaError(file, rules, [{ path: "", message }]);
  }
  if (!isObject(value)) {
    const message = `must be an object: ${what}`;
    throw new SchemaError(file, rules, [{ path: "", message, received: value }]);
  }
  return value;
}
