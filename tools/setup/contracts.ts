import * as fs from "node:fs";

import { readEventContract } from "../../contracts/event/workloads";
import { workloadNames } from "../../contracts/workload/names";
import { filesBelow, inLocal } from "../paths";

/** Everything that the compiled contracts depend on, relative to the repository. */
export function contractInputs(): string[] {
  return [
    ...filesBelow("contracts/event"),
    ...filesBelow("contracts/schema"),
    ...workloadNames().map((name) => `workloads/${name}/event.schema.json`),
  ];
}

/** One file for each workload, relative to the repository. */
export function contractFiles(): string[] {
  return workloadNames().map((name) => `.local/contracts/${name}.json`);
}

/**
 * Compiles the events of every workload into `.local/contracts`, for jobs and tests that no deployment starts.
 *
 * @throws SchemaError when the schema of one is outside the subset
 */
export function compileContracts(): Promise<void> {
  const draft = inLocal("contracts.draft");
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft);
  for (const name of workloadNames()) {
    fs.writeFileSync(`${draft}/${name}.json`, readEventContract(name).text);
  }
  fs.rmSync(inLocal("contracts"), { recursive: true, force: true });
  fs.renameSync(draft, inLocal("contracts"));
  return Promise.resolve();
}
