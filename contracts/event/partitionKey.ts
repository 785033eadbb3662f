import { createHash } from "node:crypto";

import type { CompiledContract, CompiledField } from "./compiledContract";

/** Kinesis takes no longer key (PutRecords API reference). */
const LONGEST_KEY = 256;

/**
 * The partition key of an event: the person it is about, so that one person's events keep their order; where no field
 * is a pseudonym, the event's identity, so that later feedback follows it.
 *
 * @param event anything; what is no event, or has a key Kinesis would not take, is spread over the shards
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
