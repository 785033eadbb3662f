import type { SchemaProblem } from "./problem";
import type { SchemaObject } from "./schemaObject";

const PAIRS = [
  ["minLength", "maxLength"],
  ["minimum", "maximum"],
  ["minItems", "maxItems"],
] as const;

/** Finds limits of a schema that no value satisfies. */
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
