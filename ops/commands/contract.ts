import { refusedChanges } from "../../contracts/event/evolution";
import { print as show } from "../../tools/terminal";
import { nextChanges, nextContract } from "../contract";
import { Failure } from "../failure";
import { formatChanges } from "../format";
import { readOutputs, type StackReference } from "../stack";

/** `ops contract`: shows what the next `pulumi up` changes in the deployed event contract. */
export async function contract(reference: StackReference): Promise<void> {
  // Nothing of AWS is asked, so no account is compared.
  const outputs = await readOutputs(reference);
  const changes = nextChanges(reference.stack, outputs, nextContract(reference));
  show(formatChanges(changes));
  const refusal = refusedChanges(changes ?? []);
  if (refusal !== undefined) {
    throw new Failure(refusal);
  }
}
