import { readEventContract } from "../../contracts/event/workloads";
import { inLocal } from "../../tools/paths";

/** Whose events the demo sends, and whose model it trains. */
export const WORKLOAD = "sentiment";

/** The compiled event contract of the demo's workload, which setup has made. */
export function compiledContract(): string {
  return inLocal("contracts", `${WORKLOAD}.json`);
}

/**
 * What people may say of an event, in the contract's order.
 *
 * @throws Error when the events have no label, so that no demo can hold one back
 */
export function readLabels(): readonly string[] {
  const { label } = readEventContract(WORKLOAD).compiled;
  if (label === null) {
    throw new Error(
      `The events of workload ${WORKLOAD} have no label (\`x-use\`): the demo needs one.`,
    );
  }
  return label.values;
}
