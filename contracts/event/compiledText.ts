import { createHash } from "node:crypto";

import type { CompiledContract } from "./compiledContract";

/** The one text of a contract: JSON with sorted names and no white space, so that equal contracts are equal bytes. */
export function compiledText(contract: CompiledContract): string {
  return JSON.stringify(sorted(contract));
}

/** SHA-256 of a contract's text, lower-case hexadecimal. */
export function contentHash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one)]));
}
