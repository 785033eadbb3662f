import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { runCommand } from "../../tools/command";
import { inPythonPackage, inRepository, logFile } from "../../tools/paths";
import { javaTestClassPath } from "../../tools/setup/java";

/** Seconds that one input may take, the loading of classes on a busy machine with the first. */
const SECONDS_FOR_ONE = 60;

/** Jazzer's hook of `Arrays.equals` ends the virtual machine where one of the arrays is null (0.24.0). */
const NOT_HOOKED = "streamingml.events.Pseudonyms";

/**
 * Spark's jars that the fuzzed classes use. Jazzer searches the whole class path for what it may hook, again and again:
 * in all that Spark has, for longer than a build's executions take.
 */
const SPARK_JARS =
  /^(jackson|json4s-ast|kryo-shaded|log4j|scala-library|slf4j|spark-(catalyst|common-utils|sql-api|unsafe))[-_]/;

function classPath(): string[] {
  const spark = inPythonPackage("pyspark/jars");
  const used = fs.readdirSync(spark).filter((jar) => SPARK_JARS.test(jar));
  return javaTestClassPath(used.map((jar) => path.join(spark, jar)));
}

/** One run of Jazzer, which chooses inputs by the branches that they reach. */
export interface JazzerRun {
  readonly className: string;
  readonly executions: number;
  /** Inputs to begin with. */
  readonly seeds: readonly Buffer[];
  /** The same inputs each time. @default others each time */
  readonly seed?: number;
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a fuzzer for a number of executions.
 *
 * @returns how many there were
 * @throws Error with the input, in base64, that the fuzzer's class could not take
 */
export async function runJazzer(run: JazzerRun): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fuzzing-"));
  const corpus = path.join(folder, "corpus");
  fs.mkdirSync(corpus);
  run.seeds.forEach((seed, index) => fs.writeFileSync(path.join(corpus, `seed-${index}`), seed));
  const logPath = logFile(`fuzz-${run.className.split(".").at(-1)}`);
  try {
    await runCommand("java", jazzerArguments(run, folder, corpus), {
      logPath,
      cwd: folder,
      onLine: run.onLine,
    });
  } catch (error) {
    throw new Error(`${run.className} failed.\n${failure(fs.readFileSync(logPath, "utf8"))}`, {
      cause: error,
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return executions(fs.readFileSync(logPath, "utf8"));
}

function jazzerArguments(run: JazzerRun, folder: string, corpus: string): string[] {
  return [
    // A short run would spend most of its time on compiling what it leaves soon.
    ...(run.seed === undefined ? [] : ["-XX:TieredStopAtLevel=1"]),
    ...["-Xmx1g", "-classpath", classPath().join(path.delimiter)],
    "com.code_intelligence.jazzer.Jazzer",
    `--target_class=${run.className}`,
    "--instrumentation_includes=streamingml.**",
    "--custom_hook_includes=streamingml.**",
    `--instrumentation_excludes=${NOT_HOOKED}`,
    `--custom_hook_excludes=${NOT_HOOKED}`,
    `--reproducer_path=${folder}`,
    `-artifact_prefix=${folder}/`,
    `-dict=${inRepository("tests", "fuzzing", "json.dict")}`,
    `-timeout=${SECONDS_FOR_ONE}`,
    `-runs=${run.executions}`,
    ...(run.seed === undefined ? [] : [`-seed=${run.seed}`]),
    // The virtual machine uses these signals itself.
    ...["-handle_segv=0", "-handle_bus=0", "-handle_fpe=0", "-handle_ill=0"],
    corpus,
  ];
}

/** What was counted when the run had come to its end. */
export function executions(printed: string): number {
  const counted = /^Done (\d+) runs in/m.exec(printed);
  if (counted === null) {
    throw new Error("Jazzer ended without its count of executions.");
  }
  return Number(counted[1]);
}

/** The lines that say what went wrong and with which input. */
export function failure(printed: string): string {
  const lines = printed.split("\n");
  const at = lines.findIndex((line) => /^== Java Exception|^==\d+== ERROR/.test(line));
  const found = at < 0 ? lines.slice(-20) : lines.slice(at, at + 12);
  const input = lines.filter((line) => line.startsWith("Base64:"));
  return [...found, ...input].join("\n");
}
