/** A number as it was written: a double cannot tell every integer, nor 1 from a fraction near it. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** An object as it was sent; what is inside is looked at only when it is asked for, so it may be as deep as it likes. */
export class JsonObject {
  constructor(private readonly members: Readonly<Record<string, unknown>>) {}

  /** Null for what is absent. */
  get(name: string): JsonValue {
    const marked = `s${name}`;
    return Object.hasOwn(this.members, marked) ? unmarked(this.members[marked]) : null;
  }
}

/** What JSON holds, one level deep. */
export type JsonValue = null | boolean | string | JsonNumber | JsonObject | readonly JsonValue[];

const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Reads one JSON document as RFC 8259 defines it. Of a name that stands in an object twice the last value counts.
 *
 * @returns undefined for anything else
 */
export function parseJson(text: string): JsonValue | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  // What is known to be JSON is read again with a mark before each string, and numbers as marked strings.
  const marked = text.replace(STRINGS_AND_NUMBERS, (token) =>
    token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`,
  );
  return unmarked(JSON.parse(marked));
}

function unmarked(value: unknown): JsonValue {
  if (Array.isArray(value)) {
    // An array in an array is no more a scalar than an object is, and no contract asks what it holds.
    return value.map((item) => (Array.isArray(item) ? new JsonObject({}) : unmarked(item)));
  }
  if (typeof value === "string") {
    return value.startsWith("s") ? value.slice(1) : new JsonNumber(value.slice(1));
  }
  return typeof value === "object" && value !== null
    ? new JsonObject(value as Record<string, unknown>)
    : (value as boolean | null);
}
