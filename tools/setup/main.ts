import { Listr, ListrTask } from "listr2";
import * as fs from "node:fs";
import { parseArgs } from "node:util";
import * as lockfile from "proper-lockfile";

import { inspectFolder } from "../../components/workload/loadWorkload";
import { stopRunningCommands } from "../command";
import { localFolder } from "../paths";
import { display, onInterrupt, throttled } from "../progress";
import { note, print } from "../terminal";
import { checkWorkload } from "../workload/checkWorkload";
import { localWorkload } from "./localWorkload";
import { missingPrerequisites } from "./prerequisites";
import { markCurrent } from "./stamp";
import { pendingSteps, SetupStep } from "./steps";

/** Started all at once; each waits for those it names, which Listr has started before it. */
function concurrentTasks(steps: readonly SetupStep[]): ListrTask[] {
  const started = new Map<string, Promise<void>>();
  return steps.map((step) => ({
    title: step.title,
    task: (_context, task) => {
      const run = async (): Promise<void> => {
        for (const name of step.after) {
          await started.get(name);
        }
        const show = throttled((line) => {
          task.output = line;
        });
        await step.run(show);
        markCurrent(step.name, step.fingerprint);
      };
      const promise = run();
      started.set(step.name, promise);
      return promise;
    },
  }));
}

async function install(workload: string, purpose: "demo" | "tests"): Promise<void> {
  const steps = pendingSteps(workload, purpose);
  if (steps.length === 0) {
    return;
  }
  const problems = await missingPrerequisites();
  if (problems.length > 0) {
    throw new Error(`This machine lacks something:\n  - ${problems.join("\n  - ")}`);
  }
  for (const { notice } of steps) {
    if (notice !== undefined) {
      print(notice);
    }
  }
  await new Listr(concurrentTasks(steps), {
    concurrent: true,
    ...display,
  }).run();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { workload: { type: "string" }, demo: { type: "boolean", default: false } },
  });
  const workload = values.workload || localWorkload();
  if (inspectFolder(workload).problems.length > 0) {
    // Ends with them all, those that only Python finds included where it is installed already.
    await checkWorkload(workload);
  }
  fs.mkdirSync(localFolder, { recursive: true });
  // Two targets may be started at once in one clone; the second waits and then finds nothing to do.
  const release = await lockfile.lock(localFolder, {
    lockfilePath: `${localFolder}/setup.lock`,
    retries: { retries: 1200, minTimeout: 1000, maxTimeout: 1000 },
  });
  try {
    await install(workload, values.demo ? "demo" : "tests");
  } finally {
    await release();
  }
}

onInterrupt(stopRunningCommands);

main().catch((error: Error) => {
  stopRunningCommands();
  note(error.message);
  process.exit(1);
});
