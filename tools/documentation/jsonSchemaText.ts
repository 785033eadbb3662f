import { alternativesOf, type JsonSchema, rangeOf } from "../../components/shared/jsonSchema";

/** The type of a configuration value in words, for example `integer from 1 to 20`. */
export function describeType(schema: JsonSchema): string {
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => `\`${String(value)}\``).join(" or ");
  }
  if (schema.const !== undefined) {
    return `\`${String(schema.const)}\``;
  }
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 1) {
    return [...new Set(alternatives.map(describeType))].join(" or ");
  }
  if (schema.type === "array" && schema.items !== undefined) {
    return `list of ${describeType(schema.items)}`;
  }
  return [schema.type ?? "any", rangeOf(schema)].filter(Boolean).join(" ");
}

/** What happens when the value is left out. */
export function describeDefault(schema: JsonSchema, isRequired: boolean): string {
  if (schema.default !== undefined) {
    return JSON.stringify(schema.default) === "{}"
      ? "those of its keys"
      : `\`${JSON.stringify(schema.default)}\``;
  }
  return isRequired ? "required" : "none";
}

/** A key of an object, whichever of its alternatives have it. */
export interface Field {
  readonly name: string;
  /** Its schema in each alternative that has it. */
  readonly forms: readonly JsonSchema[];
  readonly isRequired: boolean;
  /** What the object must say for the key to be one of its own, for example `mode: create`; absent: always. */
  readonly condition?: string;
}

/** The keys of an object, each once. */
export function fieldsOf(schema: JsonSchema): Field[] {
  const alternatives = alternativesOf(schema).filter(({ properties }) => properties !== undefined);
  const names = new Set(alternatives.flatMap(({ properties }) => Object.keys(properties ?? {})));
  return [...names].map((name) => {
    const having = alternatives.filter(({ properties }) => name in (properties ?? {}));
    return {
      name,
      forms: having.map(({ properties }) => (properties ?? {})[name]),
      isRequired: having.every(({ required }) => required?.includes(name)),
      ...(having.length === alternatives.length
        ? {}
        : { condition: having.map(nameOfAlternative).join(" or ") }),
    };
  });
}

/** An alternative is told from the others by the key that has one value only. */
function nameOfAlternative({ properties }: JsonSchema): string {
  const [key, value] =
    Object.entries(properties ?? {}).find(([, field]) => field.const !== undefined) ?? [];
  return `${key}: ${String(value?.const)}`;
}
