import * as fs from "node:fs";
import { Listr, ListrTask } from "listr2";
import * as lockfile from "proper-lockfile";
import { stopRunningCommands } from "./command";
import { localFolder } from "./paths";
import { missingPrerequisites } from "./prerequisites";
import { markCurrent } from "./stamp";
import { pendingSteps, SetupStep } from "./steps";

/** A terminal redraws one line; a log would keep every one, so it gets a sign of life instead. */
const LOG_INTERVAL_MILLISECONDS = 15_000;

function throttled(show: (line: string) => void): (line: string) => void {
  let last = 0;
  return (line) => {
    if (process.stdout.isTTY || Date.now() - last >= LOG_INTERVAL_MILLISECONDS) {
      last = Date.now();
      show(line);
    }
  };
}

/** Started all at once; each waits for those it names, which Listr has started before it. */
function concurrentTasks(steps: readonly SetupStep[]): ListrTask[] {
  const started = new Map<string, Promise<void>>();
  return steps.map((step) => ({
    title: step.title,
    task: (_context, task) => {
      const run = async (): Promise<void> => {
        await Promise.all(step.after.map((name) => started.get(name)));
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

async function install(): Promise<void> {
  const steps = pendingSteps();
  if (steps.length === 0) {
    return;
  }
  const problems = await missingPrerequisites();
  if (problems.length > 0) {
    throw new Error(`This machine lacks something:\n  - ${problems.join("\n  - ")}`);
  }
  await new Listr(concurrentTasks(steps), {
    concurrent: true,
    fallbackRenderer: "simple",
    fallbackRendererCondition: () => !process.stdout.isTTY,
  }).run();
}

async function main(): Promise<void> {
  fs.mkdirSync(localFolder, { recursive: true });
  // Two targets may be started at once in one clone; the second waits and then finds nothing to do.
  const release = await lockfile.lock(localFolder, {
    lockfilePath: `${localFolder}/setup.lock`,
    retries: { retries: 1200, minTimeout: 1000, maxTimeout: 1000 },
  });
  try {
    await install();
  } finally {
    await release();
  }
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    stopRunningCommands();
    process.exit(code);
  });
}

main().catch((error: Error) => {
  stopRunningCommands();
  console.error(error.message);
  process.exit(1);
});
