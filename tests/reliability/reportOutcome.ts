import type { Outcome } from "../../tools/drill/drill";

/** Ends the process of a drill: with its outcome as the last line, and 1 when something did not hold. */
export async function reportOutcome(drill: Promise<Outcome>): Promise<never> {
  try {
    const outcome = await drill;
    console.log(JSON.stringify(outcome));
    process.exit(outcome.complaints.length > 0 ? 1 : 0);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
