import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

import { EventSchemaError } from "../contracts/event/problem";
import type { CompiledContract } from "../contracts/event/compiledContract";
import {
  contractChanges,
  describeChange,
  refusedChanges,
  type ChangeKind,
} from "../contracts/event/evolution";
import { readEventContract } from "../contracts/event/workloads";
import { Failure } from "./failure";
import type { StackReference } from "./stack";

const HEADINGS: Readonly<Record<Exclude<ChangeKind, "refused">, string>> = {
  inPlace: "In place",
  warning: "In place, with a warning",
};

/**
 * What the next `pulumi up` makes of the events that a stack takes, by kind.
 *
 * @throws Failure when the deployed contract cannot become the other one, with the ways out
 */
export function contractReport(deployed: CompiledContract, next: CompiledContract): string {
  const changes = contractChanges(deployed, next);
  const refusal = refusedChanges(changes);
  if (refusal !== undefined) {
    throw new Failure(refusal);
  }
  if (changes.length === 0) {
    return `The deployed contract of ${deployed.workload} is what its schema says.`;
  }
  const kinds = (["inPlace", "warning"] as const).map((kind) => {
    const lines = changes.filter((change) => change.kind === kind).map(describeChange);
    return lines.length === 0
      ? ""
      : `${HEADINGS[kind]}:\n${lines.map((line) => `  - ${line}.\n`).join("")}`;
  });
  return kinds.join("").trimEnd();
}

/**
 * The contract that the next `pulumi up` would deploy: that of the workload in the stack's file.
 *
 * @throws Failure when there is no such file or workload, or its schema is outside the subset
 */
export function nextContract({ stack, projectDirectory }: StackReference): CompiledContract {
  const folder = projectDirectory ?? resolve(__dirname, "..");
  const file = join(folder, `Pulumi.${stack}.yaml`);
  try {
    const text = parse(readFileSync(file, "utf8")) as {
      config?: Record<string, unknown> | null;
    } | null;
    const config = text?.config ?? {};
    const key = Object.keys(config).find((name) => name.endsWith(":workload"));
    const workload = key === undefined ? undefined : config[key];
    if (typeof workload !== "string") {
      throw new Failure(`${file} names no workload. Add streaming-ml:workload to its config.`);
    }
    return readEventContract(workload).compiled;
  } catch (error) {
    const expected =
      error instanceof EventSchemaError || (error as { code?: string }).code === "ENOENT";
    throw expected ? new Failure((error as Error).message) : error;
  }
}
