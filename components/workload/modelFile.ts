import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

import { fileProblems } from "../../contracts/schema/problem";
import { foldersWithoutPackage } from "../shared/pythonPackages";
import { codeOf } from "./pythonImports";

/** The file of a workload with the object `WORKLOAD` that training and evaluation call. */
export const MODEL_FILE = "model.py";

const RULES = "models.md";

/** Folders that run on a developer's machine only, where they need not be packages. */
const OF_DEVELOPERS = /^(tests|demo)\//;

/** A statement that binds the name in the module itself: an assignment, or an import on one line or in parentheses. */
const WORKLOAD = /^(?:WORKLOAD\b|from\s[^\n]*\bimport\b[^\n(]*(?:\([^)]*)?\bWORKLOAD\b)/m;

/**
 * Problems in the code of a workload's model that its text shows; Python reports the others.
 *
 * @param folder with the workloads' folders
 * @returns one text for each file that has problems
 */
export function modelCodeProblems(workload: string, folder: string): string[] {
  const own = join(folder, workload);
  const path = join(own, MODEL_FILE);
  const ofFile = existsSync(path)
    ? modelProblems(readFileSync(path, "utf8"))
    : ["is missing: its object WORKLOAD says how a model learns and answers. Add it"];
  const files = readdirSync(own, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(own, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((file) => !OF_DEVELOPERS.test(file));
  const ofFolders = foldersWithoutPackage(
    // The folder itself must be a package, whatever files it has.
    [MODEL_FILE, ...files].map((file) => `workloads/${workload}/${file}`),
  ).map((missing) => `${missing}/__init__.py is missing: Python imports the folder. Add one`);
  return [
    ...(ofFile.length === 0
      ? []
      : [fileProblems(`workloads/${workload}/${MODEL_FILE}`, RULES, ofFile)]),
    ...(ofFolders.length === 0 ? [] : [fileProblems(`workloads/${workload}`, RULES, ofFolders)]),
  ];
}

/** Problems in the text of a `model.py`; empty if there are none. */
export function modelProblems(text: string): string[] {
  return WORKLOAD.test(codeOf(text))
    ? []
    : ["has no object WORKLOAD: expected `WORKLOAD = ` at the start of a line"];
}
