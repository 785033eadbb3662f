import type * as pulumi from "@pulumi/pulumi";

import type { EventContract } from "../../contracts/event/compile";
import type { CompiledContract } from "../../contracts/event/compiledContract";
import { EventSchemaError } from "../../contracts/event/problem";
import { readEventContract } from "../../contracts/event/workloads";
import { readableError } from "../shared/errors";

/** A contract as components take it: what it says may be known only once its change was allowed. */
export interface ContractArgs extends Pick<EventContract, "title" | "fileName" | "sha256"> {
  readonly text: pulumi.Input<string>;
  readonly compiled: pulumi.Input<CompiledContract>;
}

/**
 * Compiles the events of the stack's workload, before any resource is planned.
 *
 * @param folder that holds the workloads' folders. @default `workloads/` of this program
 * @throws pulumi.RunError one message with everything in its schema that is outside the subset
 */
export function loadContract(workload: string, folder?: string): EventContract {
  try {
    return readEventContract(workload, folder);
  } catch (error) {
    throw error instanceof EventSchemaError
      ? readableError(`Nothing was planned: ${error.message}`)
      : error;
  }
}
