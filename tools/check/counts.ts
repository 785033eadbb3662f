/** What runs tests and prints how that went. */
export type Runner = "junit" | "mocha" | "pytest";

/** Tests that a runner's closing lines report. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const PATTERNS = {
  mocha: { passed: /^ *(\d+) passing/m, failed: /^ *(\d+) failing/m, skipped: /^ *(\d+) pending/m },
  junit: {
    passed: /^\[ *(\d+) tests successful *\]/m,
    failed: /^\[ *(\d+) tests failed *\]/m,
    skipped: /^\[ *(\d+) tests skipped *\]/m,
  },
  // Only the closing line ends with a time; what failed may say "http://127.0.0.1:33935 failed".
  pytest: {
    passed: /(\d+) passed.* in [\d.]+s/,
    failed: /(\d+) (?:failed|error).* in [\d.]+s/,
    skipped: /(\d+) skipped.* in [\d.]+s/,
  },
} as const;

/** Reads the counts from what a runner printed; a runner that says nothing has run nothing. */
export function readCounts(runner: Runner, output: string): Counts {
  const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? 0);
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
