import { print as show } from "../../tools/terminal";
import { newWorkload, nextSteps } from "../newWorkload";

/** `ops new-workload`: writes a whole workload of invented events that runs as it is. */
export async function writeWorkload(name: string): Promise<void> {
  show(nextSteps(name, await newWorkload(name)));
}
