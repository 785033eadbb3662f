import { createHash, randomBytes } from "node:crypto";

import { nameProblem, type NameRule } from "./nameRules";
import { isUnknown, type Properties } from "./wire";

/** Hexadecimal digits the bridged provider appends to a logical name. */
const SUFFIX_LENGTH = 7;

/**
 * Adds the physical name as the bridged provider does: logical name, dash, seven hexadecimal
 * digits. It is kept over updates and noted under `__defaults`.
 *
 * @param olds Inputs of the last `up`; undefined for a new resource or a replacement
 * @param seed random bytes of the engine, the same within one operation
 * @throws if AWS would refuse the name, be it given or automatic
 */
export function withCheckedName(
  rule: NameRule | undefined,
  logicalName: string,
  olds: Properties | undefined,
  news: Properties,
  seed: Uint8Array,
): Properties {
  if (rule === undefined) {
    return news;
  }
  const given = news[rule.property];
  if (isSet(given)) {
    refuseBadName(rule, logicalName, given);
    return news;
  }
  const prefix = news[`${rule.property}Prefix`];
  const before = olds?.[rule.property];
  const kept = isSet(before) && wasAutomatic(olds, rule.property);
  const stem = typeof prefix === "string" ? prefix : `${logicalName}-`;
  const name = kept ? before : `${inItsCase(rule, stem)}${suffix(seed)}`;
  refuseBadName(rule, logicalName, name);
  return { ...news, [rule.property]: name, __defaults: [rule.property] };
}

/** The bridge writes the stem in lower case if the service allows no upper case. */
function inItsCase({ pattern }: NameRule, stem: string): string {
  return pattern.test("aaa") && !pattern.test("AAA") ? stem.toLowerCase() : stem;
}

function refuseBadName(rule: NameRule, logicalName: string, name: unknown): void {
  if (typeof name !== "string" || isUnknown(name)) {
    return;
  }
  const problem = nameProblem(rule, name);
  if (problem !== undefined) {
    throw new Error(
      `AWS would refuse the name of "${logicalName}": ${problem}. ` +
        `Change the logical name, or set "${rule.property}".`,
    );
  }
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
