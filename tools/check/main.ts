import * as fs from "node:fs";
import { Listr, ListrTask } from "listr2";
import { runCommand, stopRunningCommands } from "../command";
import { logFile, repositoryRoot } from "../paths";
import { display, onInterrupt, throttled } from "../progress";
import { Check, SHORT_LIVED_JAVA, staticChecks, testSuites } from "./checks";
import { addCounts, Counts, formatCounts, readCounts } from "./counts";
import { processorSeconds, tellsProcessorTime, withProcessorTime } from "./processorTime";
import { readTimes } from "./slowest";
import { formatSlowestTests, formatSpentTime, SpentTime } from "./timeTables";
import { note, print } from "../terminal";

const failures: string[] = [];
const counts: Counts[] = [];
const spent: SpentTime[] = [];

function logOf(check: Check): string {
  return logFile(`check-${check.name}`);
}

async function run(check: Check, show: (line: string) => void): Promise<void> {
  const started = Date.now();
  const { command, arguments: commandArguments } = check;
  try {
    await runCommand(...withProcessorTime(command, commandArguments), {
      logPath: logOf(check),
      cwd: repositoryRoot,
      environment: SHORT_LIVED_JAVA,
      onLine: throttled((line) => {
        if (!tellsProcessorTime(line)) {
          show(`${line} (${elapsed(started)})`);
        }
      }),
      calledInMessages: [command, ...commandArguments].join(" "),
    });
  } catch (error) {
    failures.push(`${check.title}: ${(error as Error).message}`);
    throw new Error(`failed after ${elapsed(started)}`, { cause: error });
  } finally {
    const output = fs.existsSync(logOf(check)) ? fs.readFileSync(logOf(check), "utf8") : "";
    judge(check, output);
    spent.push({
      title: check.title,
      seconds: secondsSince(started),
      processorSeconds: processorSeconds(output),
      tests: (check.runners ?? []).flatMap((runner) => readTimes(runner, output)),
    });
  }
}

/** Counts the tests that were executed; a suite without one has failed. */
function judge({ runners = [], title }: Check, output: string): void {
  for (const runner of runners) {
    const found = readCounts(runner, output);
    counts.push(found);
    if (found.passed + found.failed === 0) {
      failures.push(`${title}: no test of ${runner} was executed.`);
    }
  }
}

function secondsSince(started: number): number {
  return (Date.now() - started) / 1000;
}

function elapsed(started: number): string {
  return `${Math.round(secondsSince(started))} s`;
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
  const started = Date.now();
  await new Listr(tasks(staticChecks), { concurrent: 2, exitOnError: false, ...display }).run();
  await new Listr(tasks(testSuites), { concurrent: 2, exitOnError: false, ...display }).run();
  print(formatSpentTime(spent, secondsSince(started)));
  print(formatSlowestTests(spent));
  for (const failure of failures) {
    note(`\n${failure}`);
  }
  print(formatCounts(addCounts(counts)));
  process.exitCode = failures.length > 0 ? 1 : 0;
}

onInterrupt(stopRunningCommands);
void main();
