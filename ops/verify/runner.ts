import type { Check, Result } from "./check";
import { refusalVerdict } from "./refusal";
import { notApplicable, type Verdict } from "./verdict";

export interface RunOptions {
  /** Whether services on this machine stand in for AWS. */
  readonly standIns: boolean;
  /** Why AWS cannot be asked, as a sentence; absent: it can. */
  readonly closed?: string;
  /** Called with each result as it comes. */
  readonly show?: (result: Result) => void;
}

/**
 * Runs checks one after the other. None keeps another one from running: what a check throws is its own verdict.
 */
export async function runChecks<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
  options: RunOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) {
    const result = {
      id: check.id,
      title: check.title,
      verdict: await verdictOf(check, subject, options),
    };
    options.show?.(result);
    results.push(result);
  }
  return results;
}

async function verdictOf<Subject>(
  check: Check<Subject>,
  subject: Subject,
  { standIns, closed }: RunOptions,
): Promise<Verdict> {
  if (closed !== undefined && check.withoutCredentials !== true) {
    return notApplicable(closed);
  }
  if (standIns && check.onlyAws !== undefined) {
    return notApplicable(check.onlyAws);
  }
  try {
    return await check.run(subject);
  } catch (error) {
    return refusalVerdict(error);
  }
}

/** Whether a check failed. */
export function hasFailed(results: readonly Result[]): boolean {
  return results.some(({ verdict }) => verdict.status === "failed");
}
