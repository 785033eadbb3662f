import type reasons from "../../quarantine-reasons.json";

/** Why a record is refused; `contracts/quarantine-reasons.json` says what each reason means. */
export type Reason = keyof typeof reasons;

/** The first rule that a record breaks. */
export interface Refusal {
  readonly reason: Reason;
  /** Path of the field in the JSON, joined by `.`; null when the record as a whole is refused. */
  readonly field: string | null;
}
