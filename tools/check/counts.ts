/** What runs tests and prints how that went. */
export type Runner = "junit" | "mocha" | "pytest";

/** Tests that a runner's closing lines report. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const PATTERNS = {
  mocha: {
    passed: /^ *(\d+) passing/gm,
    failed: /^ *(\d+) failing/gm,
    skipped: /^ *(\d+) pending/gm,
  },
  junit: {
    passed: /^\[ *(\d+) tests successful *\]/gm,
    failed: /^\[ *(\d+) tests failed *\]/gm,
    skipped: /^\[ *(\d+) tests skipped *\]/gm,
  },
  // Only the closing line ends with a time; what failed may say "http://127.0.0.1:33935 failed".
  pytest: {
    passed: /(\d+) passed.* in [\d.]+s/g,
    failed: /(\d+) (?:failed|error).* in [\d.]+s/g,
    skipped: /(\d+) skipped.* in [\d.]+s/g,
  },
} as const;

/** Adds up the counts in what a runner printed, once or several times; one that says nothing has run nothing. */
export function readCounts(runner: Runner, output: string): Counts {
  const number = (pattern: RegExp): number =>
    [...output.matchAll(pattern)].reduce((sum, [, count]) => sum + Number(count), 0);
  const patterns = PATTERNS[runner];
  return {
    passed: number(patterns.passed),
    failed: number(patterns.failed),
    skipped: number(patterns.skipped),
  };
}

export function addCounts(counts: readonly Counts[]): Counts {
  const total = (key: keyof Counts): number => counts.reduce((sum, each) => sum + each[key], 0);
  return { passed: total("passed"), failed: total("failed"), skipped: total("skipped") };
}

/** The closing line, in the form that CI systems count. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
