import { readFileSync } from "node:fs";
import { join } from "node:path";

import { WORKLOADS_FOLDER } from "../workload/names";
import { compileEventSchema, type EventContract } from "./compile";

const SCHEMA = "event.schema.json";

/**
 * Compiles the events of a workload of this repository.
 *
 * @throws SchemaError when its schema is outside the subset
 */
export function readEventContract(workload: string, folder = WORKLOADS_FOLDER): EventContract {
  const text = readFileSync(join(folder, workload, SCHEMA), "utf8");
  return compileEventSchema(workload, `workloads/${workload}/${SCHEMA}`, text);
}
