import { Listr, ListrTask } from "listr2";
import * as fs from "node:fs";
import { parseArgs } from "node:util";

import { runCommand, stopRunningCommands } from "../command";
import { logFile, python, repositoryRoot } from "../paths";
import { display, onInterrupt, throttled } from "../progress";
import { note, print } from "../terminal";
import type { Check } from "./check";
import { addCounts, Counts, formatCounts, readCounts } from "./counts";
import { fastChecks, NOT_THE_WHOLE } from "./fastChecks";
import { processorSeconds, tellsProcessorTime, withProcessorTime } from "./processorTime";
import { readTimes } from "./slowest";
import { staticChecks } from "./staticChecks";
import { testSuites } from "./testSuites";
import { formatMachine, formatSlowestTests, formatSpentTime, SpentTime } from "./timeTables";
import { shortLived } from "./virtualMachines";

/** Two cores are busy with three at a time, for each of the long ones waits now and then. */
const AT_A_TIME = 3;

const failures: string[] = [];
const counts: Counts[] = [];
const spent: SpentTime[] = [];

function logOf(check: Check): string {
  return logFile(`check-${check.name}`);
}

const environment = shortLived();

async function run(check: Check, show: (line: string) => void): Promise<void> {
  const started = Date.now();
  const { command, arguments: commandArguments } = check;
  try {
    await runCommand(...withProcessorTime(command, commandArguments), {
      logPath: logOf(check),
      cwd: repositoryRoot,
      environment,
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

/** By the median of a prediction in process: nothing else of ours runs by now. */
async function showMachine(seconds: number): Promise<void> {
  try {
    const printed = await runCommand(python, ["-m", "bench.quietness"], {
      logPath: logFile("check-machine"),
      cwd: repositoryRoot,
    });
    print(formatMachine(seconds, Number(printed)));
  } catch (error) {
    failures.push(`How fast the machine is: ${(error as Error).message}`);
  }
}

/** Every check runs even after one has failed, so that one run tells everything. */
async function main(checks: readonly Check[], closing: readonly string[]): Promise<void> {
  const started = Date.now();
  await new Listr(tasks(checks), {
    concurrent: AT_A_TIME,
    exitOnError: false,
    ...display,
  }).run();
  const seconds = secondsSince(started);
  print(formatSpentTime(spent, seconds));
  print(formatSlowestTests(spent));
  await showMachine(seconds);
  for (const failure of failures) {
    note(`\n${failure}`);
  }
  closing.forEach(print);
  print(formatCounts(addCounts(counts)));
  process.exitCode = failures.length > 0 ? 1 : 0;
}

onInterrupt(stopRunningCommands);
const { values } = parseArgs({ options: { fast: { type: "boolean", default: false } } });
void (values.fast ? main(fastChecks, [NOT_THE_WHOLE]) : main([...testSuites, ...staticChecks], []));
