/** The part of JSON Schema that zod writes for configuration objects. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: string | number | boolean;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** zod bounds every integer by what JavaScript can hold, which tells a reader nothing. */
function bound(value: number | undefined): number | undefined {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
}

function range(schema: JsonSchema): string {
  const least = bound(schema.minimum);
  const most = bound(schema.maximum);
  if (least !== undefined && most !== undefined) {
    return `, ${least} to ${most}`;
  }
  if (least !== undefined) {
    return `, at least ${least}`;
  }
  return most === undefined ? "" : `, at most ${most}`;
}

/** The type of a configuration value in words, for example `integer, 1 to 20`. */
export function describeType(schema: JsonSchema): string {
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => `\`${String(value)}\``).join(" or ");
  }
  if (schema.const !== undefined) {
    return `\`${String(schema.const)}\``;
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) {
    return alternatives.map(describeType).join(" or ");
  }
  if (schema.type === "array" && schema.items !== undefined) {
    return `list of ${describeType(schema.items)}`;
  }
  return `${schema.type ?? "any"}${range(schema)}`;
}

/** What happens when the value is left out. */
export function describeDefault(schema: JsonSchema, isRequired: boolean): string {
  if (schema.default !== undefined) {
    return `\`${JSON.stringify(schema.default)}\``;
  }
  return isRequired ? "required" : "none";
}
