/** A JSON object with unknown members. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Follows `$ref` pointers inside one document.
 *
 * @throws Error if a reference leaves the document, has no target or refers to itself
 */
export function resolveReference(document: JsonObject, value: unknown): unknown {
  const seen = new Set<string>();
  let current = value;
  while (isJsonObject(current) && typeof current.$ref === "string") {
    const pointer = current.$ref;
    if (!pointer.startsWith("#/") || seen.has(pointer)) {
      throw new Error(`The reference ${pointer} cannot be followed inside this document.`);
    }
    seen.add(pointer);
    current = pointer
      .slice(2)
      .split("/")
      .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((node, token) => (isJsonObject(node) ? node[token] : undefined), document);
    if (current === undefined) {
      throw new Error(`The reference ${pointer} has no target.`);
    }
  }
  return current;
}
