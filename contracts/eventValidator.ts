import type { CompiledContract } from "./event/compiledContract";
import { recordReader } from "./event/reading/readRecord";
import type { Refusal } from "./event/reading/refusal";
import reasons from "./quarantine-reasons.json";

/** Returns why the streaming job would refuse a record; undefined if it would accept it. */
export type EventValidator = (data: Uint8Array) => Refusal | undefined;

/**
 * A check of records against a contract, for producers that want to know before they send. It comes to the verdict of
 * the streaming job, but for `in_future`: only the job has the stream's clock.
 */
export function createEventValidator(contract: CompiledContract): EventValidator {
  return recordReader(contract);
}

/** A refusal as a sentence without its end: the field, the reason and what it means. */
export function describeRefusal({ reason, field }: Refusal): string {
  const meaning = reasons[reason].replace(/\.$/, "");
  return `${field === null ? "" : `${field} is refused as `}${reason} (${meaning})`;
}
