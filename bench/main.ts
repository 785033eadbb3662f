import Table from "cli-table3";
import { Listr } from "listr2";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";

import { runCommand, stopRunningCommands } from "../tools/command";
import { inLocal, inRepository, logFile, python, repositoryRoot } from "../tools/paths";
import { display, onInterrupt, throttled } from "../tools/progress";
import { javaTestClassPath } from "../tools/setup/java";
import { localWorkload } from "../tools/setup/localWorkload";
import { note, print } from "../tools/terminal";
import * as figures from "./figures";
import { selectedNames } from "./selectedNames";

/** What to measure. */
interface Request {
  /** The workload whose events and model are measured. */
  readonly workload: string;
  /** Whether events of other shapes are measured too. */
  readonly withShapes: boolean;
}

interface Benchmark {
  readonly title: string;
  readonly command: string;
  readonly arguments: (request: Request) => readonly string[];
  readonly read: (result: unknown) => figures.Figure[];
}

const node = ["-r", "tsx/cjs"];

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  job: {
    title: "Streaming job against the naive job, a million events of each contract",
    command: python,
    arguments: ({ workload, withShapes }) => [
      ...["-m", "bench.job", "--contracts", workload],
      ...(withShapes ? fs.readdirSync(inRepository("bench", "contracts")).sort() : []),
    ],
    read: (result) => figures.jobFigures(result as figures.JobResult[]),
  },
  masks: {
    title: "Masks: recall, precision and processor time on texts of many countries",
    command: "java",
    arguments: () => [
      ...["-classpath", javaTestClassPath().join(path.delimiter)],
      ...["streamingml.events.MaskingMeasurement", maskedTexts()],
    ],
    read: (result) => figures.masksFigures(result as figures.MasksResult),
  },
  freshness: {
    title: "Freshness, from the stream to readable Parquet",
    command: python,
    arguments: () => ["-m", "bench.freshness"],
    read: (result) => figures.freshnessFigures(result as figures.FreshnessResult),
  },
  source: {
    title: "The source alone: a backlog of a million records, then a steady stream",
    command: python,
    arguments: () => ["-m", "bench.source"],
    read: (result) => figures.sourceFigures(result as figures.SourceResult),
  },
  model: {
    title: "Model against the baselines of its workload",
    command: python,
    arguments: ({ workload }) => ["-m", "bench.model", "--workload", workload],
    read: (result) => figures.modelFigures(result as figures.ModelResult),
  },
  serving: {
    title: "Prediction over HTTP against the in-process call",
    command: process.execPath,
    arguments: ({ workload }) => [...node, "bench/serving.ts", "--workload", workload],
    read: (result) => figures.servingFigures(result as figures.ServingResult),
  },
  preview: {
    title: "Offline preview of prod",
    command: process.execPath,
    arguments: () => [...node, "bench/preview.ts"],
    read: (result) => figures.previewFigures(result as figures.PreviewResult),
  },
};

/**
 * Returns the file of texts on which masks are measured for every workload.
 *
 * @throws Error that says how to download them
 */
function maskedTexts(): string {
  const file = inLocal("data", "sentiment", "tweets.csv");
  if (!fs.existsSync(file)) {
    throw new Error(
      "Masks are measured on the tweets of the workload sentiment, which are missing. Run " +
        "`make setup WORKLOAD=sentiment` first.",
    );
  }
  return file;
}

/** @param workload from the arguments. Absent: the local stack's workload, with events of other shapes */
function requestOf(workload: string | undefined): Request {
  return { workload: workload ?? localWorkload(), withShapes: workload === undefined };
}

function printTable(rows: readonly figures.Figure[]): void {
  const table = new Table({
    head: ["what", "figure", "compared with", "target", ""],
    style: { head: [], border: [] },
  });
  for (const { what, value, comparedWith, target, met } of rows) {
    table.push([
      what,
      value,
      comparedWith,
      target,
      met === undefined ? "" : met ? "met" : "MISSED",
    ]);
  }
  print(table.toString());
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, workload: { type: "string" } },
  });
  const request = requestOf(values.workload);
  const results: Record<string, unknown> = {};
  const rows: figures.Figure[] = [];
  const tasks = selectedNames(Object.keys(BENCHMARKS), values.only).map((name) => ({
    title: BENCHMARKS[name].title,
    task: async (_context: unknown, task: { output: string }) => {
      const { command, arguments: commandArguments, read } = BENCHMARKS[name];
      const printed = await runCommand(command, commandArguments(request), {
        logPath: logFile(`bench-${name}`),
        cwd: repositoryRoot,
        onLine: throttled((line) => (task.output = line)),
      });
      results[name] = JSON.parse(printed.trim().split("\n").at(-1) ?? "");
      rows.push(...read(results[name]));
    },
  }));
  await new Listr(tasks, display).run();
  printTable(rows);
  const file = inLocal("bench.json");
  const machine = { cores: os.cpus().length, memoryGb: Math.round(os.totalmem() / 2 ** 30) };
  const document = { measuredAt: new Date().toISOString(), machine, results, figures: rows };
  fs.writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  print("Everything measured: .local/bench.json");
}

onInterrupt(stopRunningCommands);
main().catch((error: Error) => {
  stopRunningCommands();
  note(error.message);
  process.exit(1);
});
