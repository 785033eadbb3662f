import * as path from "node:path";

import { inLocal, inRepository } from "../paths";
import { javaTestClassPath } from "../setup/java";
import { type Check, venv } from "./check";

/** Lets pytest close with the times of its slowest tests, as the other runners do. */
const SLOW_ONES = ["--durations=10"];

/** Tests that share a session of Spark; the shell finds the files. */
const WITH_SPARK = ["tests/python/spark", "workloads/*/tests/test_training_set.py"];

/** Beside those of the workloads; all others need no TensorFlow. */
const WITH_TENSORFLOW = ["model_server", "training", "workload_check"].map(
  (room) => `tests/python/${room}`,
);

const without = (tests: readonly string[]): string[] =>
  tests.map((pattern) => `--ignore-glob=${inRepository(pattern)}`);

/** Waits for drivers and clusters most of the time, so that it has a process of its own. */
const CLUSTER_UPGRADE = "tests/cluster-upgrade";

/** The tests. Those that take longest begin. */
export const testSuites: readonly Check[] = [
  {
    name: "end-to-end",
    title: "A generated workload, from events to predictions (end to end)",
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/end-to-end/main.ts"],
    runners: ["pytest", "mocha"],
  },
  {
    name: "unit",
    title: "Pure functions, components and stacks (mocha)",
    command: "npx",
    arguments: ["mocha", "tests/**/*.spec.ts", "--ignore", `${CLUSTER_UPGRADE}/**`],
    runners: ["mocha"],
  },
  {
    name: "spark",
    title: "Spark jobs and training sets (pytest)",
    command: "sh",
    arguments: ["-c", [venv("python"), "-m", "pytest", ...SLOW_ONES, ...WITH_SPARK].join(" ")],
    runners: ["pytest"],
  },
  {
    name: "cluster-upgrade",
    title: "A cluster that is replaced under its job (mocha)",
    command: "npx",
    arguments: ["mocha", `${CLUSTER_UPGRADE}/*.spec.ts`],
    runners: ["mocha"],
  },
  {
    name: "reliability",
    title: "A job that is killed, starved and poisoned (pytest)",
    command: venv("python"),
    arguments: ["-m", "pytest", "tests/reliability", ...SLOW_ONES],
    runners: ["pytest"],
  },
  {
    name: "training",
    title: "Models, their training and their server (pytest)",
    command: venv("python"),
    arguments: [
      ...["-m", "pytest", ...SLOW_ONES],
      ...[...WITH_TENSORFLOW, "workloads", ...without(WITH_SPARK)],
    ],
    runners: ["pytest"],
  },
  {
    name: "python",
    title: "Local services, requests and permissions (pytest)",
    command: venv("python"),
    arguments: [
      ...["-m", "pytest", ...SLOW_ONES],
      ...["tests/python", ...without([...WITH_SPARK, ...WITH_TENSORFLOW])],
    ],
    runners: ["pytest"],
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
