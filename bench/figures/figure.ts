/** One figure of a benchmark, and what it is compared with in the same run. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly comparedWith: string;
  readonly target: string;
  /** Whether the target is met; absent without a target. */
  readonly met?: boolean;
}
