import type { CompiledContract } from "../contracts/event/compiledContract";
import { contractChanges, type ContractChange } from "../contracts/event/evolution";
import { EventSchemaError } from "../contracts/event/problem";
import { readEventContract, workloadNames } from "../contracts/event/workloads";
import type { StackOutputs } from "../contracts/stackOutputs";
import { Failure } from "./failure";

/**
 * What would change if the schema of this checkout were deployed.
 *
 * @param stack name of the stack, for messages
 * @param workload whose schema to take. @default the deployed one
 * @throws Failure when the stack has no contract, or the schema is none
 */
export function changesOfCheckout(
  stack: string,
  { events }: Pick<StackOutputs, "events">,
  workload = events?.workload,
  read: (name: string) => { readonly compiled: CompiledContract } = readEventContract,
): ContractChange[] {
  if (events === undefined || workload === undefined) {
    throw new Failure(
      `Stack "${stack}" was deployed by a release without event contracts. Run pulumi up.`,
    );
  }
  if (!workloadNames().includes(workload)) {
    throw new Failure(
      `There is no workloads/${workload}/event.schema.json in this checkout. There are: ` +
        `${workloadNames().join(", ")}. Name one with --workload.`,
    );
  }
  try {
    return contractChanges(events.contract, read(workload).compiled);
  } catch (error) {
    throw error instanceof EventSchemaError ? new Failure(error.message) : error;
  }
}
