import { createHash, randomBytes } from "node:crypto";
import type { AutoName } from "./resourceType";
import type { Properties } from "./wire";

/** Hexadecimal digits the bridged provider appends to a logical name. */
const SUFFIX_LENGTH = 7;

/**
 * Fills in the physical name the way the bridged provider does: logical name, dash, seven
 * hexadecimal digits; kept over updates, noted under `__defaults`.
 *
 * @param olds Inputs of the last `up`; undefined for a new resource or a replacement.
 * @param seed Randomness of the engine, stable within one operation.
 * @throws when the name is longer than the service accepts.
 */
export function withAutoName(
  rule: AutoName | undefined,
  logicalName: string,
  olds: Properties | undefined,
  news: Properties,
  seed: Uint8Array,
): Properties {
  if (rule === undefined) {
    return news;
  }
  const prefix = `${rule.property}Prefix`;
  if (isSet(news[rule.property])) {
    return news;
  }
  const before = olds?.[rule.property];
  const kept = isSet(before) && wasAutomatic(olds, rule.property);
  const stem = typeof news[prefix] === "string" ? news[prefix] : `${logicalName}-`;
  const name = kept ? before : `${rule.lowerCase ? stem.toLowerCase() : stem}${suffix(seed)}`;
  const longest = rule.maximumLength ?? 255;
  if (typeof name === "string" && name.length > longest) {
    throw new Error(
      `The automatic name "${name}" has ${name.length} characters, but "${rule.property}" takes ` +
        `at most ${longest}. Shorten the logical name "${logicalName}" by ` +
        `${name.length - longest}, or set "${rule.property}".`,
    );
  }
  return { ...news, [rule.property]: name, __defaults: [rule.property] };
}

function suffix(seed: Uint8Array): string {
  const source = seed.length > 0 ? seed : randomBytes(32);
  return createHash("sha256").update(source).digest("hex").slice(0, SUFFIX_LENGTH);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function wasAutomatic(olds: Properties | undefined, property: string): boolean {
  return Array.isArray(olds?.__defaults) && olds.__defaults.includes(property);
}
