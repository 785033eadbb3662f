import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { compileEventSchema, type EventContract } from "./compile";

/** Every folder in it is a workload. */
const WORKLOADS_FOLDER = resolve(__dirname, "..", "..", "workloads");

const SCHEMA = "event.schema.json";

/** Names of the workloads there are, sorted. */
export function workloadNames(folder = WORKLOADS_FOLDER): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, SCHEMA)))
    .map(({ name }) => name)
    .sort();
}

/**
 * Compiles the events of a workload of this repository.
 *
 * @throws EventSchemaError when its schema is outside the subset
 */
export function readEventContract(workload: string, folder = WORKLOADS_FOLDER): EventContract {
  const text = readFileSync(join(folder, workload, SCHEMA), "utf8");
  return compileEventSchema(workload, `workloads/${workload}/${SCHEMA}`, text);
}
