/** Milliseconds between two looks at the job. */
export const POLL_MS = 1000;

/** States of an EMR step that is over. */
export const ENDED_STEPS: readonly string[] = ["COMPLETED", "CANCELLED", "FAILED", "INTERRUPTED"];
