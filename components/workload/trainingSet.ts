import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { fileProblems } from "../../contracts/schema/problem";
import { TRAINING_SET_MODULE } from "../../contracts/workload/names";
import { STANDARD_LIBRARY } from "../runtimes/pythonStandardLibrary";
import { codeOf, importsOf } from "./pythonImports";

/** Packages available where the file runs, besides the standard library. */
const OWN_MODULE = "streaming_ml.examples";
const SPARK = "pyspark";

const BUILD = /^def build\(([^)]*)\)/m;

/**
 * Problems in a workload's `training_set.py`, which has only Spark and the standard library on the cluster.
 *
 * @param folder with the workloads' folders
 * @returns one text, or none
 */
export function trainingSetFileProblems(workload: string, folder: string): string[] {
  const path = join(folder, workload, TRAINING_SET_MODULE);
  const problems = existsSync(path)
    ? trainingSetProblems(readFileSync(path, "utf8"))
    : ["is missing: it says which events become examples. Add it"];
  return problems.length === 0
    ? []
    : [fileProblems(`workloads/${workload}/${TRAINING_SET_MODULE}`, "training-sets.md", problems)];
}

/** Problems in the text of such a file; empty if there are none. */
export function trainingSetProblems(text: string): string[] {
  const problems = importsOf(text)
    .filter(({ module }) => !isAllowed(module))
    .map(
      ({ module, line }) =>
        `line ${line} imports ${module}, which is not there where it runs: take ${SPARK}, Python's standard library ` +
        `or ${OWN_MODULE}`,
    );
  const build = BUILD.exec(codeOf(text));
  if (build === null) {
    return [
      ...problems,
      "has no function build(events): expected `def build(` at the start of a line",
    ];
  }
  const wanted = requiredParameters(build[1]);
  return wanted === 1
    ? problems
    : [...problems, `has build(${build[1].trim()}): expected one parameter, build(events)`];
}

/** Number of required arguments of a function; commas in brackets of annotations do not count. */
function requiredParameters(parameters: string): number {
  const plain = parameters.replace(/\[[^\]]*\]/g, "");
  return plain
    .split(",")
    .map((parameter) => parameter.trim())
    .filter((parameter) => /^\w/.test(parameter) && !parameter.includes("=")).length;
}

function isAllowed(module: string): boolean {
  const [root] = module.split(".");
  return (
    module === OWN_MODULE || root === SPARK || root === "__future__" || STANDARD_LIBRARY.has(root)
  );
}
