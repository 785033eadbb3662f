import type { EventContract } from "../../contracts/event/compile";
import { EventSchemaError } from "../../contracts/event/problem";
import { readEventContract } from "../../contracts/event/workloads";
import { readableError } from "../shared/errors";

/**
 * Compiles the events of the stack's workload, before any resource is planned.
 *
 * @throws pulumi.RunError one message with everything in its schema that is outside the subset
 */
export function loadContract(workload: string): EventContract {
  try {
    return readEventContract(workload);
  } catch (error) {
    throw error instanceof EventSchemaError
      ? readableError(`Nothing was planned: ${error.message}`)
      : error;
  }
}
