import * as path from "node:path";
import { inLocal } from "../paths";
import { javaTestClassPath } from "../setup/java";
import type { Runner } from "./counts";

/** One command whose exit code is a verdict, and how its output tells the tests it ran. */
export interface Check {
  readonly name: string;
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** Those of its output, where it is more than a verdict. */
  readonly runners?: readonly Runner[];
}

/**
 * For every suite: its virtual machines live for seconds or a few minutes, in which compiling thoroughly and collecting
 * on all cores takes more than it gives back.
 */
export const SHORT_LIVED_JAVA = {
  JDK_JAVA_OPTIONS: "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
} as const;

/** Lets pytest close with the times of its slowest tests, as the other runners do. */
const SLOW_ONES = ["--durations=10"];

const venv = (program: string): string => inLocal("venv", "bin", program);

/** Cheap ones, two at a time: each mostly waits for one core. */
export const staticChecks: readonly Check[] = [
  { name: "types", title: "TypeScript types", command: "npx", arguments: ["tsc", "--noEmit"] },
  { name: "eslint", title: "ESLint", command: "npx", arguments: ["eslint", "."] },
  {
    name: "prettier",
    title: "Prettier",
    command: "npx",
    arguments: ["prettier", "--check", "--log-level", "warn", "."],
  },
  {
    name: "actionlint",
    title: "Workflows (actionlint)",
    command: inLocal("bin", "actionlint"),
    // Both would be taken from PATH, where one machine has them and the next has not.
    arguments: ["-shellcheck=", "-pyflakes="],
  },
  { name: "ruff", title: "Ruff", command: venv("ruff"), arguments: ["check", "."] },
  {
    name: "ruff-format",
    title: "Ruff format",
    command: venv("ruff"),
    arguments: ["format", "--check", "."],
  },
  {
    name: "mypy",
    title: "mypy",
    command: venv("mypy"),
    arguments: [
      "spark",
      "training",
      "workloads",
      "templates",
      "local",
      "bench",
      "tests/python",
      "tests/reliability",
    ],
  },
];

/** The tests, two suites at a time: while one waits, the other computes. Those that take longest begin. */
export const testSuites: readonly Check[] = [
  {
    name: "end-to-end",
    title: "A generated workload, from events to predictions (end to end)",
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/end-to-end/main.ts"],
    runners: ["pytest", "mocha"],
  },
  {
    name: "python",
    title: "Spark, training and local services (pytest)",
    command: venv("python"),
    arguments: ["-m", "pytest", ...SLOW_ONES],
    runners: ["pytest"],
  },
  {
    name: "reliability",
    title: "A job that is killed, starved and poisoned (pytest)",
    command: venv("python"),
    arguments: ["-m", "pytest", "tests/reliability", ...SLOW_ONES],
    runners: ["pytest"],
  },
  {
    name: "unit",
    title: "Pure functions, components and stacks (mocha)",
    command: "npx",
    arguments: ["mocha", "tests/**/*.spec.ts"],
    runners: ["mocha"],
  },
  {
    name: "java",
    title: "Java (JUnit)",
    command: "java",
    arguments: [
      ...["-classpath", javaTestClassPath().join(path.delimiter)],
      ...["org.junit.platform.console.ConsoleLauncher", "execute", "--disable-banner"],
      ...["--scan-classpath", inLocal("java-tests"), "--fail-if-no-tests"],
      ...["--details", "verbose", "--disable-ansi-colors"],
    ],
    runners: ["junit"],
  },
];
