import type { CompiledField, FieldType } from "./compiledContract";
import type { SchemaProblem } from "./problem";
import type { SchemaObject } from "./schemaType";

type ScalarRules = Pick<
  CompiledField,
  "minimumLength" | "maximumLength" | "minimum" | "maximum" | "allowed"
>;

/** What a value, or one item of an array, may be. Rules that a type does not have are absent. */
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

const PAIRS = [
  ["minLength", "maxLength"],
  ["minimum", "maximum"],
  ["minItems", "maxItems"],
] as const;

/** Rules of one place that leave no value to send. */
export function rangeProblems(place: string, schema: SchemaObject): SchemaProblem[] {
  const ranges = PAIRS.flatMap(([least, most]) => {
    const [low, high] = [schema[least], schema[most]];
    return typeof low === "number" && typeof high === "number" && low > high
      ? [
          {
            path: `${place}.${least}`,
            message: `must be at most ${most}, which is ${high}: no value is left otherwise`,
            received: low,
          },
        ]
      : [];
  });
  const beside = ["minLength", "maxLength", "format"].filter((name) => schema[name] !== undefined);
  return schema.enum !== undefined && schema.type !== undefined && beside.length > 0
    ? [
        ...ranges,
        {
          path: `${place}.${beside[0]}`,
          message: "says nothing beside enum, which lists every value: remove one of them",
        },
      ]
    : ranges;
}
