import type { StackReference } from "../stack";

/** Options of a command that starts something in AWS. */
export interface WaitOptions extends StackReference {
  /** Wait for its end, and fail with the reason if it fails. */
  readonly wait?: boolean;
}

/** The pause between two questions to AWS. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
