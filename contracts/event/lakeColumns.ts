import type { CompiledField, FieldType, LakeColumn } from "./compiledContract";

/** The columns that every row of the lake has in addition to the event's fields. */
export const BOOKKEEPING: readonly LakeColumn[] = [
  { name: "key_version", type: "string" },
  { name: "arrival_time", type: "timestamp" },
  { name: "partition_key", type: "string" },
  { name: "sequence_number", type: "string" },
  { name: "batch_time", type: "timestamp" },
  { name: "raw", type: "binary" },
  { name: "reason", type: "string" },
  { name: "reason_field", type: "string" },
];

/** Names that the partitions of the lake and the query of the job have taken. */
const TAKEN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(BOOKKEEPING.map(({ name }) => [name, "a column of every row"])),
  status: "a partition of the lake",
  dt: "a partition of the lake",
  hour: "a partition of the lake",
  batch: "a partition of the lake",
  data: "a column of the job's query",
  event: "a column of the job's query",
  hash_key: "a column of the job's query",
  quarantine_key: "a column of the job's query",
  unknown_fields: "a column of the job's query",
  deduplication_key_1: "a column of the job's query",
  deduplication_key_2: "a column of the job's query",
};

/** What already uses a name; undefined if it is free. */
export function whoTook(name: string): string | undefined {
  return Object.hasOwn(TAKEN, name) ? TAKEN[name] : undefined;
}

const HIVE_TYPES: Readonly<Record<FieldType, string>> = {
  string: "string",
  "date-time": "timestamp",
  integer: "bigint",
  number: "double",
  boolean: "boolean",
};

/** A pseudonym's column says that it holds a key and not the id: `owner_id` becomes `owner_key`. */
export function columnName(name: string, isPseudonym: boolean): string {
  return isPseudonym ? `${name.replace(/_id$/, "")}_key` : name;
}

/** The whole row of the lake: the event's fields, then what every row has. */
export function lakeColumns(fields: readonly CompiledField[]): LakeColumn[] {
  const own = fields.map(({ column, type, uses, maximumItems }) => {
    const one = uses.includes("pseudonym") ? "string" : HIVE_TYPES[type];
    return { name: column, type: maximumItems === undefined ? one : `array<${one}>` };
  });
  return [...own, ...BOOKKEEPING];
}
