import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { STANDARD_LIBRARY } from "../runtimes/pythonStandardLibrary";
import { readableError } from "../shared/errors";
import { importsOf } from "./pythonImports";

/** The file of a workload that says which events become examples, and the module that the job imports it as. */
export const TRAINING_SET_MODULE = "training_set.py";

/** What there is beside the standard library where the file runs. */
const OWN_MODULE = "streaming_ml.examples";
const SPARK = "pyspark";

const WORKLOADS_FOLDER = resolve(__dirname, "..", "..", "workloads");

/**
 * Finds a workload's file `training_set.py` and checks what it imports: on the cluster there is nothing but Spark.
 *
 * @param folder that holds the workloads' folders. @default `workloads/` of this program
 * @returns its absolute path
 * @throws pulumi.RunError one message with everything that is wrong with it
 */
export function loadTrainingSet(workload: string, folder = WORKLOADS_FOLDER): string {
  const path = join(folder, workload, TRAINING_SET_MODULE);
  const problems = existsSync(path)
    ? trainingSetProblems(readFileSync(path, "utf8"))
    : ["is missing: it says which events become examples (docs/training-sets.md)"];
  if (problems.length > 0) {
    const file = `workloads/${workload}/${TRAINING_SET_MODULE}`;
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map((problem) => `  - ${problem}`);
    throw readableError(`Nothing was planned: ${file} has ${count}:\n${lines.join("\n")}`);
  }
  return path;
}

/** What is wrong with the text of such a file; empty when nothing is. */
export function trainingSetProblems(text: string): string[] {
  const problems = importsOf(text)
    .filter(({ module }) => !isAllowed(module))
    .map(
      ({ module, line }) =>
        `line ${line} imports ${module}, which is not there where it runs: take ${SPARK}, Python's standard library ` +
        `or ${OWN_MODULE}`,
    );
  return /^def build\(/m.test(text)
    ? problems
    : [...problems, "has no function build(events): expected `def build(` at the start of a line"];
}

function isAllowed(module: string): boolean {
  const [root] = module.split(".");
  return (
    module === OWN_MODULE || root === SPARK || root === "__future__" || STANDARD_LIBRARY.has(root)
  );
}
