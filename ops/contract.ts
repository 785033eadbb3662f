import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

import type { CompiledContract } from "../contracts/event/compiledContract";
import type { ContractChange } from "../contracts/event/contractChange";
import { contractChanges } from "../contracts/event/evolution";
import { readEventContract } from "../contracts/event/workloads";
import { SchemaError } from "../contracts/schema/problem";
import type { StackOutputs } from "../contracts/stackOutputs";
import { Failure } from "./failure";
import type { StackReference } from "./stack";

/** What the next `pulumi up` would deploy. */
export interface NextContract {
  readonly contract: CompiledContract;
  /** Version of the lake that would hold its events. */
  readonly lakeVersion: number;
}

/**
 * What the next `pulumi up` makes of the events that a stack takes.
 *
 * @returns undefined when another version of the lake begins, which the deployed contract does not bind
 * @throws Failure when the stack says nothing about its events
 */
export function nextChanges(
  stack: string,
  { events, lake }: Pick<StackOutputs, "events"> & { readonly lake: { readonly version?: number } },
  next: NextContract,
): ContractChange[] | undefined {
  if (events === undefined) {
    throw new Failure(
      `Stack "${stack}" does not say which events it takes. Run pulumi up on it with this release first.`,
    );
  }
  return (lake.version ?? 1) === next.lakeVersion
    ? contractChanges(events.contract, next.contract)
    : undefined;
}

/**
 * The contract that the next `pulumi up` would deploy: that of the workload in the stack's file.
 *
 * @throws Failure when there is no such file or workload, or its schema is outside the subset
 */
export function nextContract({ stack, projectDirectory }: StackReference): NextContract {
  const folder = projectDirectory ?? resolve(__dirname, "..");
  const file = join(folder, `Pulumi.${stack}.yaml`);
  try {
    const text = parse(readFileSync(file, "utf8")) as {
      config?: Record<string, unknown> | null;
    } | null;
    const config = Object.entries(text?.config ?? {});
    const room = (name: string) => config.find(([key]) => key.endsWith(`:${name}`))?.[1];
    const workload = room("workload");
    if (typeof workload !== "string") {
      throw new Failure(`${file} names no workload. Add streaming-ml:workload to its config.`);
    }
    const lake = room("lake") as { version?: number } | null | undefined;
    return {
      contract: readEventContract(workload).compiled,
      lakeVersion: lake?.version ?? 1,
    };
  } catch (error) {
    const expected = error instanceof SchemaError || (error as { code?: string }).code === "ENOENT";
    throw expected ? new Failure((error as Error).message) : error;
  }
}
