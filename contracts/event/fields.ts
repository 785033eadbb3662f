import type { SchemaProblem } from "../schema/problem";
import { rangeProblems } from "../schema/ranges";
import { isObject, type SchemaObject } from "../schema/schemaObject";
import {
  type CompiledField,
  type CompiledObject,
  type FieldType,
  type Use,
  USES,
} from "./compiledContract";
import { eventKeywordProblems } from "./keywords";
import { columnName } from "./lakeColumns";
import { scalarRules } from "./scalarRules";
import { readType, type SchemaType } from "./schemaType";

/** The fields of a schema, and the problems with it. */
export interface ReadFields {
  readonly fields: CompiledField[];
  readonly objects: CompiledObject[];
  readonly problems: SchemaProblem[];
}

/** Maximum nesting: an event, an object in it, and an object in that. */
const MOST_DEPTH = 3;

const NAME = /^[a-z][a-z0-9_]*$/;

/** Reads the fields of an event, or of an object in it, depth first in the schema's order. */
export function readFields(schema: SchemaObject, parents: readonly string[] = []): ReadFields {
  const read: ReadFields = { fields: [], objects: [], problems: [] };
  const place = parents.join(".");
  const inPlace = (name: string): string => (place === "" ? name : `${place}.${name}`);
  if (!isObject(schema.properties) || Object.keys(schema.properties).length === 0) {
    read.problems.push({
      path: inPlace("properties"),
      message:
        "must list the fields: an object without them is open, and the lake has no column for it",
    });
    return read;
  }
  const required = requiredNames(schema);
  const unknown = required.filter((name) => !Object.hasOwn(schema.properties as object, name));
  if (unknown.length > 0) {
    read.problems.push({
      path: inPlace("required"),
      message: "must name fields of properties only: describe the others or remove them",
      received: unknown,
    });
  }
  for (const [name, property] of Object.entries(schema.properties)) {
    const path = [...parents, name];
    if (!NAME.test(name)) {
      read.problems.push({
        path: path.join("."),
        message:
          "must be named in lower-case letters, digits and _, a letter first: Athena and Spark ignore case",
        received: name,
      });
    }
    addField(read, path, property, required.includes(name));
  }
  return read;
}

function requiredNames(schema: SchemaObject): string[] {
  return Array.isArray(schema.required)
    ? schema.required.filter((name): name is string => typeof name === "string")
    : [];
}

function addField(
  read: ReadFields,
  path: readonly string[],
  schema: unknown,
  required: boolean,
): void {
  const place = path.join(".");
  if (!isObject(schema)) {
    read.problems.push({ path: place, message: "must be the schema of a field", received: schema });
    return;
  }
  const type = readType(place, schema);
  if ("message" in type) {
    read.problems.push(type);
    return;
  }
  read.problems.push(
    ...eventKeywordProblems(type.kind, place, schema),
    ...nullProblems(place, type, schema, required),
  );
  if (type.kind === "object") {
    addObject(read, path, schema, required);
  } else {
    const item = type.kind === "array" ? readItem(read, place, schema) : { type, schema };
    if (item !== undefined) {
      read.problems.push(...rangeProblems(place, schema));
      read.fields.push(compileField(path, schema, item, required));
    }
  }
}

function addObject(
  read: ReadFields,
  path: readonly string[],
  schema: SchemaObject,
  required: boolean,
): void {
  if (path.length >= MOST_DEPTH) {
    read.problems.push({
      path: path.join("."),
      message: `must not be an object: fields are at most ${MOST_DEPTH} names deep. Move its fields up`,
    });
    return;
  }
  read.objects.push({ path, required });
  const inner = readFields(schema, path);
  read.fields.push(...inner.fields);
  read.objects.push(...inner.objects);
  read.problems.push(...inner.problems);
}

/** A field is required if and only if it may not be null, because null and absent mean the same. */
function nullProblems(
  place: string,
  { kind, nullable }: SchemaType,
  schema: SchemaObject,
  required: boolean,
): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  if (required && nullable) {
    problems.push({
      path: place,
      message:
        'must be either required or nullable: remove it from required, or "null" from its type',
    });
  } else if (!required && !nullable) {
    problems.push({
      path: place,
      message:
        'must be either required or nullable, because absent equals null: add it to required, or "null" to its type',
      received: schema.type,
    });
  }
  if (kind === "string" && Array.isArray(schema.enum) && schema.enum.includes(null) !== nullable) {
    problems.push({
      path: `${place}.enum`,
      message: nullable
        ? "must include null, as the type does, or JSON Schema refuses it"
        : 'must not include null, because the type does not: remove it, or add "null" to the type',
      received: schema.enum,
    });
  }
  return problems;
}

interface Item {
  readonly type: SchemaType;
  readonly schema: SchemaObject;
}

function readItem(read: ReadFields, place: string, array: SchemaObject): Item | undefined {
  if (array.maxItems === undefined) {
    read.problems.push({
      path: `${place}.maxItems`,
      message: "is missing: an array needs a limit, for example 100",
    });
  }
  const { items } = array;
  if (!isObject(items)) {
    if (items === undefined) {
      read.problems.push({ path: `${place}.items`, message: "is missing: the schema of one item" });
    }
    return undefined;
  }
  const type = readType(`${place}.items`, items);
  if ("message" in type) {
    read.problems.push(type);
    return undefined;
  }
  if (type.nullable || type.kind === "object" || type.kind === "array") {
    read.problems.push({
      path: `${place}.items.type`,
      message:
        "must be a scalar that is not null: string, integer, number or boolean. Use a separate field for anything else",
      received: items.type,
    });
    return undefined;
  }
  read.problems.push(
    ...eventKeywordProblems(type.kind, `${place}.items`, items),
    ...rangeProblems(`${place}.items`, items),
    ...itemUseProblems(place, items),
  );
  return { type, schema: items };
}

function itemUseProblems(place: string, items: SchemaObject): SchemaProblem[] {
  return items["x-use"] === undefined
    ? []
    : [
        {
          path: `${place}.items.x-use`,
          message: "must be beside the type of the array, not of its items: move it",
          received: items["x-use"],
        },
      ];
}

function compileField(
  path: readonly string[],
  schema: SchemaObject,
  item: Item,
  required: boolean,
): CompiledField {
  const name = path.join("_");
  const uses = readUses(schema["x-use"]);
  const isArray = item.schema !== schema;
  return {
    path,
    name,
    column: columnName(name, uses.includes("pseudonym")),
    type: item.type.kind as FieldType,
    ...(isArray
      ? { maximumItems: schema.maxItems as number, minimumItems: (schema.minItems as number) ?? 0 }
      : {}),
    required,
    ...scalarRules(item.type.kind as FieldType, item.schema),
    uses,
  };
}

function readUses(value: unknown): Use[] {
  const listed: unknown[] = Array.isArray(value) ? value : [value];
  return listed.filter((use): use is Use => USES.some((known) => known === use));
}
