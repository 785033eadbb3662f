import { readFileSync } from "node:fs";
import { join } from "node:path";

import { WORKLOADS_FOLDER } from "../workload/names";
import { compilePredictionSchema } from "./compile";
import type { PredictionContract } from "./predictionContract";

const SCHEMA = "prediction.schema.json";

/**
 * Compiles what the model of a workload of this repository is asked and answers.
 *
 * @throws SchemaError when its schema is outside the subset
 */
export function readPredictionContract(
  workload: string,
  folder = WORKLOADS_FOLDER,
): PredictionContract {
  const text = readFileSync(join(folder, workload, SCHEMA), "utf8");
  return compilePredictionSchema(workload, `workloads/${workload}/${SCHEMA}`, text);
}
