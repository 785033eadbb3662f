import { writeFileSync } from "node:fs";

import { note, print } from "../../tools/terminal";
import { Failure } from "../failure";
import type { Clock } from "./check";
import { formatReport } from "./report";
import { hasFailed } from "./runner";
import { formatResults } from "./table";
import { verify, type VerifyOptions } from "./verify";

export interface VerifyFlags extends VerifyOptions {
  /** File that gets the report. Absent: none. */
  readonly report?: string;
}

const clock: Clock = {
  now: Date.now,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * `ops verify`: a line to standard error for each check as it ends, then the table.
 *
 * @returns whether no check failed
 * @throws Failure when the report cannot be written
 */
export async function runVerify(flags: VerifyFlags): Promise<boolean> {
  const { report, ...options } = flags;
  const verification = await verify(options, clock, ({ id, verdict }) =>
    note(`${id}: ${verdict.status}`),
  );
  print(formatResults(verification.results));
  if (report !== undefined) {
    const header = {
      ...verification,
      stack: options.stack,
      options: [...(options.before ? ["--before"] : []), ...(options.active ? ["--active"] : [])],
      at: clock.now(),
    };
    write(report, formatReport(header, verification.results));
    print(`The report is in ${report}.`);
  }
  return !hasFailed(verification.results);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(
      `The report cannot be written: ${(error as Error).message}. Name another file.`,
    );
  }
}
