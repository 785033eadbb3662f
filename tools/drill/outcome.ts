import { z } from "zod";

import type { Outcome, Result } from "./drill";

const outcomeSchema = z.object({
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
  complaints: z.array(z.string()),
});

/** Finds the outcome in what a drill printed; undefined when it ended before it had one. */
export function readOutcome(printed: string): Outcome | undefined {
  const lines = printed.split(/\r?\n/).reverse();
  for (const line of lines.filter((each) => each.startsWith("{"))) {
    try {
      const outcome = outcomeSchema.safeParse(JSON.parse(line));
      if (outcome.success) {
        return outcome.data;
      }
    } catch {
      // Another program's line that begins like an object.
    }
  }
  return undefined;
}

export interface Ending {
  readonly seconds: number;
  readonly finishedAt: string;
  /** What the command said when it did not end with 0. */
  readonly failure?: string;
}

/**
 * The verdict: passed only with an outcome, without a complaint, and when the command ended with 0.
 * A failing command that has told what did not hold is not repeated in its own words.
 */
export function judge(printed: string, ending: Ending): Result {
  const outcome = readOutcome(printed);
  const complaints = [...(outcome?.complaints ?? [])];
  if (ending.failure !== undefined && complaints.length === 0) {
    complaints.push(ending.failure);
  }
  if (outcome === undefined && complaints.length === 0) {
    complaints.push("The drill ended with 0 but printed no outcome.");
  }
  return {
    figures: outcome?.figures ?? {},
    complaints,
    passed: complaints.length === 0,
    seconds: Math.round(ending.seconds),
    finishedAt: ending.finishedAt,
  };
}
