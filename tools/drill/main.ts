import Table from "cli-table3";
import { Listr } from "listr2";
import * as fs from "node:fs";
import * as os from "node:os";
import { parseArgs } from "node:util";

import { runCommand, stopRunningCommands } from "../command";
import { inLocal, inRepository, logFile, repositoryRoot } from "../paths";
import { display, onInterrupt, throttled } from "../progress";
import { note, print } from "../terminal";
import type { Result, Results } from "./drill";
import { drills, selectedDrills } from "./drills";
import { judge } from "./outcome";
import { withResults } from "./page";

const RESULTS = inLocal("drill.json");
const PAGE = inRepository("docs", "reliability.md");

/** Runs one drill to its end and judges it; never throws. */
async function run(name: string, show: (line: string) => void): Promise<Result> {
  const { command, arguments: commandArguments, timeoutSeconds } = drills[name];
  const logPath = logFile(`drill-${name}`);
  const started = Date.now();
  let failure: string | undefined;
  try {
    await runCommand(command, commandArguments, {
      logPath,
      cwd: repositoryRoot,
      timeoutSeconds,
      onLine: throttled((line) => show(`${line} (${elapsed(started)} s)`)),
    });
  } catch (error) {
    failure = (error as Error).message;
  }
  return judge(fs.existsSync(logPath) ? fs.readFileSync(logPath, "utf8") : "", {
    seconds: elapsed(started),
    finishedAt: new Date().toISOString(),
    failure,
  });
}

function elapsed(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}

/** Results of earlier runs stay until their drill is run again. */
function readResults(): Results {
  return fs.existsSync(RESULTS) ? (JSON.parse(fs.readFileSync(RESULTS, "utf8")) as Results) : {};
}

function keep(name: string, result: Result): void {
  fs.writeFileSync(RESULTS, `${JSON.stringify({ ...readResults(), [name]: result }, null, 2)}\n`);
}

function record(): void {
  const machine = { cores: os.cpus().length, memoryGb: Math.round(os.totalmem() / 2 ** 30) };
  const page = fs.readFileSync(PAGE, "utf8");
  fs.writeFileSync(PAGE, withResults(page, drills, readResults(), machine));
}

function printTable(results: Results): void {
  const table = new Table({
    head: ["drill", "figures", "seconds", ""],
    style: { head: [], border: [] },
    colWidths: [null, 70, null, null],
    wordWrap: true,
  });
  for (const [name, { figures, seconds, passed }] of Object.entries(results)) {
    const text = Object.entries(figures).map(([what, value]) => `${what} ${value}`);
    table.push([name, text.join(", "), seconds, passed ? "passed" : "FAILED"]);
  }
  print(table.toString());
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, record: { type: "boolean" } },
  });
  const results: Record<string, Result> = {};
  const tasks = selectedDrills(values.only).map((name) => ({
    title: `${name}: ${drills[name].title}`,
    task: async (_context: unknown, task: { output: string; title: string }) => {
      const result = await run(name, (line) => (task.output = line));
      results[name] = result;
      keep(name, result);
      if (!result.passed) {
        throw new Error(`${name} failed after ${result.seconds} s`);
      }
      task.title = `${task.title} (${result.seconds} s)`;
    },
  }));
  // A failed drill says nothing about the next one, so all of them run.
  await new Listr(tasks, { exitOnError: false, ...display }).run();
  printTable(results);
  const failed = Object.entries(results).filter(([, { passed }]) => !passed);
  for (const [name, { complaints }] of failed) {
    note(`\n${name} (.local/logs/drill-${name}.log):\n${complaints.join("\n")}`);
  }
  print("All results: .local/drill.json");
  if (values.record) {
    record();
    print("Written into docs/reliability.md.");
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
}

onInterrupt(stopRunningCommands);
main().catch((error: Error) => {
  stopRunningCommands();
  note(error.message);
  process.exit(1);
});
