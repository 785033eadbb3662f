import * as fs from "node:fs";
import * as path from "node:path";

import { inLocal, repositoryRoot } from "../../tools/paths";

/** The compiled event contract of a workload, which setup has made. */
export function compiledContract(workload: string): string {
  return inLocal("contracts", `${workload}.json`);
}

/**
 * The Python module that fits a simple model to a training set and prints what it reaches.
 *
 * @returns undefined where the workload has none: then there is nothing to compare with
 */
export function baselineModule(workload: string, root = repositoryRoot): string | undefined {
  const file = path.join(root, "workloads", workload, "demo", "baseline.py");
  return fs.existsSync(file) ? `workloads.${workload}.demo.baseline` : undefined;
}
