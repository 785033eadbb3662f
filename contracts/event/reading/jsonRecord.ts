/** A number as it was written: a double cannot tell every integer, nor 1 from a fraction near it. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** What JSON holds. Objects have no prototype, so no name is there that was not sent. */
export type JsonValue =
  | null
  | boolean
  | string
  | JsonNumber
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

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
  if (typeof value === "string") {
    return value.startsWith("s") ? value.slice(1) : new JsonNumber(value.slice(1));
  }
  if (Array.isArray(value)) {
    return value.map(unmarked);
  }
  if (typeof value === "object" && value !== null) {
    const object = Object.create(null) as Record<string, JsonValue>;
    for (const [name, one] of Object.entries(value)) {
      object[name.slice(1)] = unmarked(one);
    }
    return object;
  }
  return value as boolean | null;
}
