/** A number as it was written: a double cannot represent every integer, or distinguish 1 from a fraction near it. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** An object as it was sent. Its content is parsed only when it is needed, so it may be nested to any depth. */
export class JsonObject {
  constructor(private readonly members: Readonly<Record<string, unknown>>) {}

  /** Null for what is absent. */
  get(name: string): JsonValue {
    const marked = `s${name}`;
    return Object.hasOwn(this.members, marked) ? unmarked(this.members[marked]) : null;
  }
}

/** A JSON value, parsed one level deep. */
export type JsonValue = null | boolean | string | JsonNumber | JsonObject | readonly JsonValue[];

const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Reads one JSON document as RFC 8259 defines it. If an object has a name twice, the last value counts.
 *
 * @returns undefined for anything else
 */
export function parseJson(text: string): JsonValue | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  // Valid JSON is parsed again with a mark before each string, and with numbers as marked strings.
  const marked = text.replace(STRINGS_AND_NUMBERS, (token) =>
    token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`,
  );
  return unmarked(JSON.parse(marked));
}

function unmarked(value: unknown): JsonValue {
  if (Array.isArray(value)) {
    // No contract allows arrays in arrays, so their content is not needed.
    return value.map((item) => (Array.isArray(item) ? new JsonObject({}) : unmarked(item)));
  }
  if (typeof value === "string") {
    return value.startsWith("s") ? value.slice(1) : new JsonNumber(value.slice(1));
  }
  return typeof value === "object" && value !== null
    ? new JsonObject(value as Record<string, unknown>)
    : (value as boolean | null);
}
