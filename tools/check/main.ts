import * as fs from "node:fs";
import { Listr, ListrTask } from "listr2";
import { runCommand, stopRunningCommands } from "../command";
import { logFile, repositoryRoot } from "../paths";
import { display, onInterrupt, throttled } from "../progress";
import { Check, staticChecks, testSuites } from "./checks";
import { addCounts, Counts, formatCounts, readCounts } from "./counts";

const failures: string[] = [];
const counts: Counts[] = [];

function logOf(check: Check): string {
  return logFile(`check-${check.name}`);
}

async function run(check: Check, show: (line: string) => void): Promise<void> {
  const started = Date.now();
  try {
    await runCommand(check.command, check.arguments, {
      logPath: logOf(check),
      cwd: repositoryRoot,
      onLine: throttled((line) => show(`${line} (${elapsed(started)})`)),
    });
  } catch (error) {
    failures.push(`${check.title}: ${(error as Error).message}`);
    throw new Error(`failed after ${elapsed(started)}`, { cause: error });
  } finally {
    if (check.runner !== undefined && fs.existsSync(logOf(check))) {
      const found = readCounts(check.runner, fs.readFileSync(logOf(check), "utf8"));
      counts.push(found);
      if (found.passed + found.failed === 0) {
        failures.push(`${check.title}: no test was executed.`);
      }
    }
  }
}

function elapsed(started: number): string {
  return `${Math.round((Date.now() - started) / 1000)} s`;
}

function tasks(checks: readonly Check[]): ListrTask[] {
  return checks.map((check) => ({
    title: check.title,
    task: async (_context, task) => {
      const started = Date.now();
      await run(check, (line) => (task.output = line));
      task.title = `${check.title} (${elapsed(started)})`;
    },
  }));
}

/** Every check runs even after one has failed, so that one run tells everything. */
async function main(): Promise<void> {
  await new Listr(tasks(staticChecks), { concurrent: 2, exitOnError: false, ...display }).run();
  await new Listr(tasks(testSuites), { exitOnError: false, ...display }).run();
  for (const failure of failures) {
    console.error(`\n${failure}`);
  }
  console.log(formatCounts(addCounts(counts)));
  process.exitCode = failures.length > 0 ? 1 : 0;
}

onInterrupt(stopRunningCommands);
void main();
