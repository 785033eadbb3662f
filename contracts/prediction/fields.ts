import type { SchemaProblem } from "../schema/problem";
import { rangeProblems } from "../schema/ranges";
import { isObject, type SchemaObject } from "../schema/schemaObject";
import { predictionKeywordProblems } from "./keywords";
import { nameProblems } from "./names";
import { FIELD_TYPES, type PredictionField, type PredictionFieldType } from "./predictionContract";

/** The two parts of a schema. */
export type Side = "instance" | "prediction";

/** The fields of one part, and the problems with it. */
export interface ReadSide {
  readonly fields: PredictionField[];
  readonly problems: SchemaProblem[];
}

/** Reads the fields of an instance or of a prediction, in the schema's order. */
export function readSide(side: Side, schema: unknown): ReadSide {
  if (!isObject(schema)) {
    const message =
      schema === undefined ? "is missing: it describes one" : "must be the schema of an object";
    return { fields: [], problems: [problem(side, message, schema)] };
  }
  const problems = [
    ...typeProblems(side, schema),
    ...predictionKeywordProblems("object", side, schema),
  ];
  if (!isObject(schema.properties) || Object.keys(schema.properties).length === 0) {
    const message = "must list the fields: a model has no others";
    return { fields: [], problems: [...problems, problem(`${side}.properties`, message)] };
  }
  const read = Object.entries(schema.properties).map(([name, property]) =>
    readField(side, name, property),
  );
  return {
    fields: read.flatMap(({ field }) => field ?? []),
    problems: [
      ...problems,
      ...requiredProblems(side, schema, Object.keys(schema.properties)),
      ...read.flatMap((one) => one.problems),
    ],
  };
}

function problem(path: string, message: string, received?: unknown): SchemaProblem {
  return { path, message, ...(received === undefined ? {} : { received }) };
}

function typeProblems(side: Side, { type }: SchemaObject): SchemaProblem[] {
  return type === "object" ? [] : [problem(`${side}.type`, 'must be "object"', type)];
}

/** TensorFlow Serving requires every input in every instance, and returns every output. */
function requiredProblems(
  side: Side,
  { required }: SchemaObject,
  fields: readonly string[],
): SchemaProblem[] {
  const listed: readonly unknown[] = Array.isArray(required) ? required : [];
  const isWhole =
    fields.every((name) => listed.includes(name)) &&
    listed.every((name) => typeof name !== "string" || fields.includes(name));
  const message = `must list every field of properties and no other: ${fields.join(", ")}`;
  return isWhole ? [] : [problem(`${side}.required`, message, required)];
}

interface ReadField {
  readonly field?: PredictionField;
  readonly problems: readonly SchemaProblem[];
}

function readField(side: Side, name: string, schema: unknown): ReadField {
  const place = `${side}.${name}`;
  if (!isObject(schema)) {
    return { problems: [problem(place, "must be the schema of a field", schema)] };
  }
  const kind = schema.type === "array" ? "array" : scalarType(schema);
  if (kind === undefined) {
    const message = `must be one of ${FIELD_TYPES.join(", ")} or array; nothing is null, and objects are written flat`;
    return {
      problems: [...nameProblems(side, name), problem(`${place}.type`, message, schema.type)],
    };
  }
  const rules = [
    ...predictionKeywordProblems(kind, place, schema),
    ...rangeProblems(place, schema),
  ];
  if (kind !== "array") {
    return {
      field: compileField(name, schema, kind, schema),
      problems: [...nameProblems(side, name, kind), ...rules],
    };
  }
  const items = readItems(place, schema.items);
  const problems = [...nameProblems(side, name, items.type), ...rules];
  return {
    field: items.type && compileField(name, schema, items.type, schema.items as SchemaObject),
    problems: [...problems, ...lengthProblems(side, place, schema), ...items.problems],
  };
}

function scalarType({ type }: SchemaObject): PredictionFieldType | undefined {
  return FIELD_TYPES.find((one) => one === type);
}

function readItems(
  place: string,
  items: unknown,
): { readonly type?: PredictionFieldType; readonly problems: readonly SchemaProblem[] } {
  const where = `${place}.items`;
  if (!isObject(items)) {
    // A value that is not an object was reported with the keywords.
    return {
      problems: items === undefined ? [problem(where, "is missing: the schema of one item")] : [],
    };
  }
  const type = scalarType(items);
  if (type === undefined) {
    const message = `must be one of ${FIELD_TYPES.join(", ")}: use a separate field for anything else`;
    return { problems: [problem(`${where}.type`, message, items.type)] };
  }
  return {
    type,
    problems: [...predictionKeywordProblems(type, where, items), ...rangeProblems(where, items)],
  };
}

function lengthProblems(side: Side, place: string, schema: SchemaObject): SchemaProblem[] {
  const { minItems, maxItems } = schema;
  if (maxItems === undefined) {
    return [problem(`${place}.maxItems`, "is missing: an array needs a limit, for example 100")];
  }
  return side === "prediction" && minItems !== maxItems
    ? [
        problem(
          `${place}.minItems`,
          `must be maxItems, ${JSON.stringify(maxItems)}: every prediction of an answer has the same shape. Pad shorter ones`,
          minItems,
        ),
      ]
    : [];
}

function compileField(
  name: string,
  schema: SchemaObject,
  type: PredictionFieldType,
  value: SchemaObject,
): PredictionField {
  return {
    name,
    type,
    ...present("title", schema.title),
    ...present("description", schema.description),
    ...(value === schema
      ? {}
      : {
          minimumItems: (schema.minItems as number) ?? 0,
          maximumItems: schema.maxItems as number,
        }),
    ...valueRules(type, value),
  };
}

type ValueRules = Omit<PredictionField, "name" | "type" | "minimumItems" | "maximumItems">;

function valueRules(type: PredictionFieldType, schema: SchemaObject): ValueRules {
  switch (type) {
    case "string":
      return {
        minimumLength: (schema.minLength as number | undefined) ?? 0,
        ...present("maximumLength", schema.maxLength),
        ...present("allowed", schema.enum),
      };
    case "integer":
      return {
        minimum: (schema.minimum as number | undefined) ?? Number.MIN_SAFE_INTEGER,
        maximum: (schema.maximum as number | undefined) ?? Number.MAX_SAFE_INTEGER,
      };
    case "number":
      return { ...present("minimum", schema.minimum), ...present("maximum", schema.maximum) };
    case "boolean":
      return {};
  }
}

function present(name: keyof PredictionField, value: unknown): ValueRules {
  return value === undefined ? {} : { [name]: value };
}
