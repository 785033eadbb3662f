import type { EventContract } from "../../contracts/event/compile";
import { EventSchemaError } from "../../contracts/event/problem";
import { readEventContract } from "../../contracts/event/workloads";
import { readableError } from "../shared/errors";

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
