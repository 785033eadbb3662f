import { python } from "../paths";
import type { Drill } from "./drill";

/** A drill of `tests/reliability/job/drills.py`, in its long form. */
export function jobDrill(name: string, title: string, timeoutSeconds = 600): Drill {
  return {
    title,
    command: python,
    arguments: ["-m", "tests.reliability.job", name],
    timeoutSeconds,
  };
}
