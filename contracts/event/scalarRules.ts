import type { SchemaObject } from "../schema/schemaObject";
import type { CompiledField, FieldType } from "./compiledContract";

type ScalarRules = Pick<
  CompiledField,
  "minimumLength" | "maximumLength" | "minimum" | "maximum" | "allowed"
>;

/** The allowed values of a field, or of one item of an array. Rules that do not apply to its type are absent. */
export function scalarRules(type: FieldType, schema: SchemaObject): ScalarRules {
  switch (type) {
    case "string":
      return {
        minimumLength: (schema.minLength as number | undefined) ?? 0,
        ...present("maximumLength", schema.maxLength),
        ...present(
          "allowed",
          Array.isArray(schema.enum)
            ? schema.enum.filter((value) => typeof value === "string")
            : undefined,
        ),
      };
    case "integer":
      return {
        minimum: (schema.minimum as number | undefined) ?? Number.MIN_SAFE_INTEGER,
        maximum: (schema.maximum as number | undefined) ?? Number.MAX_SAFE_INTEGER,
      };
    case "number":
      return { ...present("minimum", schema.minimum), ...present("maximum", schema.maximum) };
    default:
      return {};
  }
}

function present(name: string, value: unknown): ScalarRules {
  return value === undefined ? {} : { [name]: value };
}
