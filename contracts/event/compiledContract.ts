/** The types of a field; `date-time` is sent as a string. */
export const FIELD_TYPES = ["string", "date-time", "integer", "number", "boolean"] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What the pipeline uses a field for; docs/events.md describes each use. */
export const USES = ["identity", "pseudonym", "mask", "event-time", "label", "slice"] as const;
export type Use = (typeof USES)[number];

/** One field of an event: a scalar or an array of scalars, however deep it stands. */
export interface CompiledField {
  /** Names of the JSON objects around the field, then its own name. */
  readonly path: readonly string[];
  /** The path joined by `_`. */
  readonly name: string;
  /** Name in the lake; another one than `name` for pseudonyms only. */
  readonly column: string;
  /** Type of the value, or of each item of an array. */
  readonly type: FieldType;
  /** Most items; present for arrays only. */
  readonly maximumItems?: number;
  readonly minimumItems?: number;
  /** Absent or null is refused; where false, absent equals null. Inside an object it counts when that is there. */
  readonly required: boolean;
  /** In characters (code points); present for strings. */
  readonly minimumLength?: number;
  /** Absent: as long as the record may be. */
  readonly maximumLength?: number;
  /** Inclusive; always present for integers. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The only strings that are taken, in the schema's order. */
  readonly allowed?: readonly string[];
  readonly uses: readonly Use[];
}

/** An object inside an event. Absent or null, all its fields are null, unless it is required. */
export interface CompiledObject {
  readonly path: readonly string[];
  readonly required: boolean;
}

/** A column of the lake, with its type in Hive's words. */
export interface LakeColumn {
  readonly name: string;
  readonly type: string;
}

/** The compiled event contract, the only description of an event that Java and Python read. */
export interface CompiledContract {
  /** Version of this format. A job refuses any other version than its own. */
  readonly version: 1;
  readonly workload: string;
  readonly maximumRecordBytes: number;
  /** In the schema's order, nested objects depth first. */
  readonly fields: readonly CompiledField[];
  readonly objects: readonly CompiledObject[];
  /** Names of the fields that say which event it is; at least one. */
  readonly identity: readonly string[];
  readonly eventTime: string | null;
  readonly label: { readonly name: string; readonly values: readonly string[] } | null;
  /** The whole row of the lake, in order. */
  readonly columns: readonly LakeColumn[];
}
