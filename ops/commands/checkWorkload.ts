import { print as show } from "../../tools/terminal";
import { checkWorkload } from "../../tools/workload/checkWorkload";

/** `ops check-workload`: looks for everything that is wrong with a folder of `workloads/`, its code included. */
export async function check(name: string): Promise<void> {
  show(await checkWorkload(name));
}
