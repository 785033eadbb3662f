import { type Check, venv } from "./check";
import { fastStaticChecks } from "./staticChecks";

/** Folders and files of specs that start the engine, services or many processes, or plan whole stacks. */
export const SLOW_SPECS: readonly string[] = [
  ...["tests/bootstrap", "tests/cluster-upgrade", "tests/engine", "tests/fuzzing"],
  ...["tests/policy", "tests/reliability", "tests/runtimes", "tests/stacks"],
  ...["tests/examples/clicks.spec.ts", "tests/examples/consumer.spec.ts"],
  ...["tests/gateway/process.spec.ts"],
  ...["tests/ops/produce.spec.ts", "tests/ops/verify/command.spec.ts"],
  ...["tests/workload/evolution.spec.ts"],
];

/** Python that needs no TensorFlow and no plan of a stack. */
export const FAST_PYTHON: readonly string[] = [
  "emulator",
  "events",
  "permissions",
  "services",
  "streaming_run",
].map((room) => `tests/python/${room}`);

/** These submit jobs to Spark, or start the services again and again to end them. */
export const SLOW_PYTHON: readonly string[] = ["test_emr.py", "test_processes.py"].map(
  (file) => `tests/python/services/${file}`,
);

export const fastChecks: readonly Check[] = [
  {
    name: "unit-fast",
    title: "Pure functions and components (mocha)",
    command: "npx",
    arguments: [
      ...["mocha", "tests/**/*.spec.ts"],
      ...SLOW_SPECS.flatMap((one) => ["--ignore", one.endsWith(".ts") ? one : `${one}/**`]),
    ],
    runners: ["mocha"],
  },
  {
    name: "python-fast",
    title: "Local services (pytest)",
    command: venv("python"),
    arguments: [
      ...["-m", "pytest", "--durations=10", ...FAST_PYTHON],
      ...SLOW_PYTHON.map((file) => `--ignore=${file}`),
    ],
    runners: ["pytest"],
  },
  ...fastStaticChecks,
];

/** What a run of these must never be taken for. */
export const NOT_THE_WHOLE =
  "This was not the whole. `make test` without FAST=1 also runs what starts Spark, TensorFlow, the Pulumi engine or a " +
  "whole local run: end to end, reliability, Spark jobs, training and models, upgrades of stacks, whole stacks with " +
  "their policies and permissions, fuzzing. It also runs the Java tests, and ESLint on the files that did not change.";
