import * as fs from "node:fs";
import { z } from "zod";

import { runCommand } from "../command";
import { inRepository, logFile, python, repositoryRoot } from "../paths";

const triedCode = z.object({
  model: z.array(z.string()),
  trainingSet: z.array(z.string()),
  tried: z.boolean(),
});

/** What `python -m local.workload_check` prints. */
export interface TriedCode extends z.infer<typeof triedCode> {
  /** What is wrong with `model.py` and what it calls. */
  readonly model: string[];
  /** What is wrong with `demo/training_set.py`. */
  readonly trainingSet: string[];
  /** Whether the model was tried with rows of the demo's training set. */
  readonly tried: boolean;
}

/**
 * Lets Python import a workload's model and try it.
 *
 * @param data folder of its data set. Absent: it is not there to be tried with
 * @throws Error when Python's check itself does not work
 */
export async function tryCode(workload: string, data: string | undefined): Promise<TriedCode> {
  if (!fs.existsSync(python)) {
    const missing = "was not looked into: Python is not set up on this machine. Run `make setup`";
    return { model: [missing], trainingSet: [], tried: false };
  }
  const printed = await runCommand(
    python,
    [
      ...["-m", "local.workload_check", "--workload", workload],
      ...(data === undefined ? [] : ["--data", data]),
    ],
    {
      logPath: logFile("check-workload"),
      cwd: repositoryRoot,
      environment: { PYTHONPATH: inRepository("training"), TF_CPP_MIN_LOG_LEVEL: "2" },
    },
  );
  return triedCode.parse(JSON.parse(printed.trim().split("\n").at(-1) ?? ""));
}
