import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { PACKAGE_ROOT } from "../packageRoot";

/** Every folder in it that has a `workload.json` is a workload. */
export const WORKLOADS_FOLDER = join(PACKAGE_ROOT, "workloads");

export const WORKLOAD_FILE = "workload.json";

/** The file of a workload that says which events become examples, and the module that the job imports it as. */
export const TRAINING_SET_MODULE = "training_set.py";

/** Names of the workloads there are, sorted. */
export function workloadNames(folder = WORKLOADS_FOLDER): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, WORKLOAD_FILE)))
    .map(({ name }) => name)
    .sort();
}
