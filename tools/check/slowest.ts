import type { Runner } from "./counts";

/** A test, and how long it took with what was made for it. */
export interface TimedTest {
  readonly test: string;
  readonly seconds: number;
}

/** Reads the tests whose time a runner prints, which are the slow ones, from what it printed. */
export function readTimes(runner: Runner, output: string): TimedTest[] {
  return READERS[runner](output);
}

/** The slowest first. */
export function slowest<Test extends TimedTest>(tests: readonly Test[], count: number): Test[] {
  return [...tests].sort((one, other) => other.seconds - one.seconds).slice(0, count);
}

const READERS: Readonly<Record<Runner, (output: string) => TimedTest[]>> = {
  mocha: (output) =>
    [...output.matchAll(/^ +\S (.+) \((\d+)ms\)$/gm)].map(([, test, milliseconds]) => ({
      test,
      seconds: Number(milliseconds) / 1000,
    })),
  pytest: (output) =>
    [...output.matchAll(/^([\d.]+)s (call|setup|teardown) +(\S.*)$/gm)].map(
      ([, seconds, phase, test]) => ({
        test: phase === "call" ? test : `${test} (${phase})`,
        seconds: Number(seconds),
      }),
    ),
  junit: (output) => {
    const tests: TimedTest[] = [];
    let test = "";
    for (const line of output.split("\n")) {
      const [, className, method] = SOURCE.exec(line) ?? [];
      const [, milliseconds] = /\bduration: (\d+) ms$/.exec(line) ?? [];
      test = className === undefined ? test : `${className}.${method}`;
      if (milliseconds !== undefined) {
        tests.push({ test, seconds: Number(milliseconds) / 1000 });
      }
    }
    return tests;
  },
};

/** Where a test of JUnit's stands. */
const SOURCE = /\bsource: MethodSource \[className = '([^']+)', methodName = '([^']+)'/;
