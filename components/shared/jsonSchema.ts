import { z } from "zod";

/** The part of JSON Schema that zod generates for settings. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: string | number | boolean;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The input of a schema as JSON Schema: values as the user writes them, without defaults. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

/** The alternatives of a value: one, or those of a union. */
export function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema];
}

/** The schemas at a path, one for each alternative that has it. */
export function schemasAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema[] {
  const [first, ...rest] = path;
  if (first === undefined) {
    return [schema];
  }
  return alternativesOf(schema).flatMap(({ properties, items, additionalProperties }) => {
    const inner =
      typeof first === "number"
        ? items
        : (properties?.[String(first)] ??
          (typeof additionalProperties === "object" ? additionalProperties : undefined));
    return inner === undefined ? [] : schemasAt(inner, rest);
  });
}

/** zod limits every integer to JavaScript's safe range, which is of no use to a reader. */
function bound(value: number | undefined): number | undefined {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
}

/** The limits of a number in words, or nothing: `from 1 to 20`, `above 0`. */
export function rangeOf(schema: JsonSchema): string {
  const [least, most] = [bound(schema.minimum), bound(schema.maximum)];
  const parts =
    least !== undefined && most !== undefined
      ? [`from ${least} to ${most}`]
      : [
          ...(least === undefined ? [] : [`of at least ${least}`]),
          ...(bound(schema.exclusiveMinimum) === undefined
            ? []
            : [`above ${schema.exclusiveMinimum}`]),
          ...(most === undefined ? [] : [`of at most ${most}`]),
        ];
  return parts.join(" and ");
}
