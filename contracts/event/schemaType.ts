import type { SchemaProblem } from "../schema/problem";
import type { SchemaObject } from "../schema/schemaObject";
import type { SchemaKind } from "./keywords";

/** The type of a schema, from its `type` and `format`. */
export interface SchemaType {
  readonly kind: Exclude<SchemaKind, "event">;
  readonly nullable: boolean;
}

const TYPES = ["string", "integer", "number", "boolean", "array", "object"] as const;

/** Reads `type`: one name, or a list of one name and "null". */
export function readType(path: string, schema: SchemaObject): SchemaType | SchemaProblem {
  const { type } = schema;
  const names: unknown[] = Array.isArray(type) ? type : [type];
  const real = names.filter((name) => name !== "null");
  const name = TYPES.find((one) => one === real[0]);
  const isSaid = Array.isArray(type)
    ? names.length === 2 && real.length === 1
    : type !== undefined && real.length === 1;
  if (name === undefined || !isSaid) {
    return {
      path: `${path}.type`,
      message: `must be one of ${TYPES.join(", ")}, or a list of one of them and "null"`,
      ...(type === undefined ? {} : { received: type }),
    };
  }
  const isDateTime = name === "string" && schema.format === "date-time";
  return { kind: isDateTime ? "date-time" : name, nullable: names.length === 2 };
}
