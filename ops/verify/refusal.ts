import { awsRefusal } from "../awsRefusal";
import { Failure } from "../failure";
import { failed, type Verdict } from "./verdict";

/** The verdict of a check that could not ask. */
export function refusalVerdict(error: unknown): Verdict {
  const { name, message } = error as Error;
  if (error instanceof Failure) {
    return failed(message, "Correct that, then verify again.");
  }
  const refusal = awsRefusal(error as Error);
  return refusal === undefined
    ? failed(
        `Asking failed: ${name}: ${message.trim().replace(/\.$/, "")}.`,
        "Verify again; if it fails again, open an issue with this report.",
      )
    : failed(refusal.found, refusal.todo);
}
