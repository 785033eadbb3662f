import { python } from "../paths";
import type { Drill } from "./drill";

/** What happens to the stream, the lake and the streaming job: `tests/reliability/job`. */
export const jobDrills: Readonly<Record<string, Drill>> = {};

/** A drill of `tests/reliability/job`, in its long form. */
export function jobDrill(title: string, name: string, timeoutSeconds: number): Drill {
  return {
    title,
    command: python,
    arguments: ["-m", "tests.reliability.job", name],
    timeoutSeconds,
  };
}
