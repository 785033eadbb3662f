import { createHash } from "node:crypto";

import type { CompiledContract, CompiledField } from "./compiledContract";

/** Maximum length of a partition key (PutRecords API reference). */
const LONGEST_KEY = 256;

/**
 * The partition key of an event: the first pseudonym field, so that one person's events keep their order; without one,
 * the event's identity, so that a later label follows its event.
 *
 * @param event any value; if it is not an event, or its key is not valid for Kinesis, the key is a hash of its bytes
 * @param data the record's bytes
 */
export function partitionKey(
  { fields }: CompiledContract,
  event: unknown,
  data: Uint8Array,
): string {
  const person = fields.find(
    ({ uses, maximumItems }) => uses.includes("pseudonym") && maximumItems === undefined,
  );
  const keys = person ? [person] : fields.filter(({ uses }) => uses.includes("identity"));
  const texts = keys.map((field) => textAt(field, event));
  const key = texts.join(":");
  return texts.includes("") || key.length > LONGEST_KEY || /\p{Surrogate}/u.test(key)
    ? createHash("sha256").update(data).digest("hex")
    : key;
}

function textAt({ path }: CompiledField, event: unknown): string {
  const value = path.reduce<unknown>(
    (parent, name) =>
      typeof parent === "object" && parent !== null && Object.hasOwn(parent, name)
        ? (parent as Record<string, unknown>)[name]
        : undefined,
    event,
  );
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
