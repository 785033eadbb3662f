import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { Listr } from "listr2";
import { runCommand, stopRunningCommands } from "../tools/command";
import { inLocal, logFile, python, repositoryRoot } from "../tools/paths";
import { display, onInterrupt, throttled } from "../tools/progress";
import { javaTestClassPath } from "../tools/setup/java";
import * as figures from "./figures";

interface Benchmark {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly read: (result: unknown) => figures.Figure[];
}

const node = ["-r", "tsx/cjs"];

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  job: {
    title: "Streaming job against the naive job, a million events of each contract",
    command: python,
    arguments: ["-m", "bench.job"],
    read: (result) => figures.jobFigures(result as figures.JobResult[]),
  },
  masks: {
    title: "Masks: what they find in texts of many countries, and what they cost",
    command: "java",
    arguments: [
      ...["-classpath", javaTestClassPath().join(path.delimiter)],
      ...["streamingml.events.MaskingMeasurement", inLocal("data", "sentiment", "tweets.csv")],
    ],
    read: (result) => figures.masksFigures(result as figures.MasksResult),
  },
  freshness: {
    title: "Freshness, from the stream to readable Parquet",
    command: python,
    arguments: ["-m", "bench.freshness"],
    read: (result) => figures.freshnessFigures(result as figures.FreshnessResult),
  },
  source: {
    title: "The source alone: a backlog of a million records, then a steady stream",
    command: python,
    arguments: ["-m", "bench.source"],
    read: (result) => figures.sourceFigures(result as figures.SourceResult),
  },
  model: {
    title: "Model against TF-IDF and logistic regression",
    command: python,
    arguments: ["-m", "bench.model"],
    read: (result) => figures.modelFigures(result as figures.ModelResult),
  },
  serving: {
    title: "Prediction over HTTP against the in-process call",
    command: process.execPath,
    arguments: [...node, "bench/serving.ts"],
    read: (result) => figures.servingFigures(result as figures.ServingResult),
  },
  preview: {
    title: "Offline preview of prod",
    command: process.execPath,
    arguments: [...node, "bench/preview.ts"],
    read: (result) => figures.previewFigures(result as figures.PreviewResult),
  },
};

/** @throws Error that lists the benchmarks when the name is none of them */
function selected(only: string | undefined): string[] {
  const names = Object.keys(BENCHMARKS);
  if (only === undefined) {
    return names;
  }
  if (!names.includes(only)) {
    throw new Error(`ONLY must be one of ${names.join(", ")}. Received: ${only}.`);
  }
  return [only];
}

function printTable(rows: readonly figures.Figure[]): void {
  const table = new Table({
    head: ["what", "figure", "beside", "target", ""],
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
  console.log(table.toString());
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const results: Record<string, unknown> = {};
  const rows: figures.Figure[] = [];
  const tasks = selected(values.only).map((name) => ({
    title: BENCHMARKS[name].title,
    task: async (_context: unknown, task: { output: string }) => {
      const { command, arguments: commandArguments, read } = BENCHMARKS[name];
      const printed = await runCommand(command, commandArguments, {
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
  console.log("Everything measured: .local/bench.json");
}

onInterrupt(stopRunningCommands);
main().catch((error: Error) => {
  stopRunningCommands();
  console.error(error.message);
  process.exit(1);
});
