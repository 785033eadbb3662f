import { expect } from "chai";

import { compileEventSchema } from "../../../contracts/event/compile";

export type Properties = Record<string, unknown>;

export const ID = { type: "integer", "x-use": "identity" };

/** A schema with one identity and more fields, required unless their type allows null. */
export function schema(properties: Properties, root: object = {}): object {
  const all: Properties = { id: ID, ...properties };
  const isNullable = (field: unknown): boolean => {
    const type = (field as { type?: unknown } | null)?.type;
    return Array.isArray(type) && type.includes("null");
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Things",
    type: "object",
    required: Object.keys(all).filter((name) => !isNullable(all[name])),
    properties: all,
    ...root,
  };
}

export function problems(value: unknown): string[] {
  try {
    compileEventSchema("things", "things.json", JSON.stringify(value));
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split("\n");
    const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
    expect(head).to.equal(`things.json has ${count} (docs/events.md has the rules):`);
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

/** Problems of a field `f` beside the identity. */
export function problemsOf(field: unknown, more: Properties = {}): string[] {
  return problems(schema({ f: field, ...more }));
}

export const object = (properties: Properties): object => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});

export const WHOLE = "must be a whole number from";
export const USE =
  "must be one of identity, pseudonym, mask, event-time, label, slice, or a list of them without repetition";
