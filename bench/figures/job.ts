import type { Figure } from "./figure";

/** The output of `bench/job.py`, one for each contract. */
export interface JobResult {
  readonly contract: string;
  readonly events: number;
  readonly recordsPerSecondPerCore: Readonly<Record<string, number>>;
  readonly ratioToNaive: Readonly<Record<string, number>>;
  readonly shareOfRowsThatHitAGuard: number;
}

/** Minimum speed compared with the naive job, for any contract. */
const JOB_TARGETS: Readonly<Record<string, number>> = { ours: 1, oursDeduplicated: 0.75 };

export function jobFigures(results: readonly JobResult[]): Figure[] {
  return results.flatMap(({ contract, recordsPerSecondPerCore, ratioToNaive, ...rest }) =>
    Object.entries(ratioToNaive).map(([name, ratio]) => ({
      what: `${contract}: job "${name}", records/s/core`,
      value: `${recordsPerSecondPerCore[name]} (${ratio.toFixed(2)} x)`,
      comparedWith: `naive job ${recordsPerSecondPerCore.naive}; ${(100 * rest.shareOfRowsThatHitAGuard).toFixed(1)} % of rows hit a guard`,
      target: `>= ${JOB_TARGETS[name]} x`,
      met: ratio >= JOB_TARGETS[name],
    })),
  );
}

/** How many of all have a property. */
interface Share {
  readonly found: number;
  readonly all: number;
}

/** The output of `MaskingMeasurement` of the Java tests. */
export interface MasksResult {
  /** Texts with personal data that are masked correctly. */
  readonly recall: Share;
  /** Masked texts that contain personal data. */
  readonly precision: Share;
  readonly withCode: Share;
  readonly knownPlans: Share;
  readonly otherPlans: Share;
  readonly microsecondsPerPost: number;
}

export function masksFigures(result: MasksResult): Figure[] {
  const figure = (what: string, { found, all }: Share, comparedWith: string): Figure => ({
    what,
    value: `${((100 * found) / all).toFixed(1)} % (${found} of ${all})`,
    comparedWith,
    target: "",
  });
  return [
    figure("masks, recall", result.recall, "written texts with personal data"),
    figure("masks, precision", result.precision, "written texts that are masked"),
    figure("numbers with a country code", result.withCode, "an example of every country"),
    figure("without, plans that are tried", result.knownPlans, "the same"),
    figure("without, all other countries", result.otherPlans, "the same"),
    {
      what: "masks, processor time per post",
      value: `${result.microsecondsPerPost.toFixed(2)} µs`,
      comparedWith: "38,158 short texts",
      target: "",
    },
  ];
}
