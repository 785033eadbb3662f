import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Every folder in it that has a `workload.json` is a workload. */
export const WORKLOADS_FOLDER = resolve(__dirname, "..", "..", "workloads");

export const WORKLOAD_FILE = "workload.json";

/** Names of the workloads there are, sorted. */
export function workloadNames(folder = WORKLOADS_FOLDER): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, WORKLOAD_FILE)))
    .map(({ name }) => name)
    .sort();
}
