/**
 * The effect of a change on a running stack. `inPlace`: accepted events are still accepted, and stored events are read
 * as before. `warning`: stored events are read as before, but some events that were accepted go to quarantine.
 * `refused`: stored events, the job's state or existing producers would no longer fit.
 */
export type ChangeKind = "inPlace" | "warning" | "refused";

/** One difference between the deployed contract and the new one. */
export interface ContractChange {
  readonly kind: ChangeKind;
  /** Path of the field or object, joined by `.`; null for the contract as a whole. */
  readonly field: string | null;
  /** The change and its effect, as a sentence without a full stop. */
  readonly sentence: string;
}
