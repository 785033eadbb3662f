import type { StepStatus } from "./jobControl";

/** Milliseconds between two looks at the job. */
export const POLL_MS = 1000;

const ENDED_STEPS = ["COMPLETED", "CANCELLED", "FAILED", "INTERRUPTED"];

/** Whether a step is over; one that EMR does not know is. */
export function isOver(status: StepStatus | undefined): boolean {
  return status === undefined || ENDED_STEPS.includes(status.state);
}
