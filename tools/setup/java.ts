import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { runCommand } from "../command";
import { inLocal, inRepository, logFile, python } from "../paths";

const SOURCES = "spark/java";
const CONTRACT = "contracts/event.schema.json";

/** The Java sources, relative to the repository, in a stable order. */
function sources(): string[] {
  return fs
    .readdirSync(inRepository(SOURCES), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".java"))
    .map((name) => `${SOURCES}/${name.split(path.sep).join("/")}`)
    .sort();
}

/** Everything that the compiled classes depend on, relative to the repository. */
export function javaInputs(): string[] {
  return [...sources(), CONTRACT, "requirements.lock"];
}

async function sparkJars(): Promise<string> {
  const { stdout } = await promisify(execFile)(python, [
    "-c",
    "import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent / 'jars')",
  ]);
  return stdout.trim();
}

/** Compiles the job's Java code into `.local/java`, with the contract it reads: the content of its jar. */
export async function compileJava(report: (line: string) => void): Promise<void> {
  const draft = inLocal("java.draft");
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(path.join(draft, path.dirname(CONTRACT)), { recursive: true });
  await runCommand(
    "javac",
    [
      ...["--release", String(BUILT_FOR.java), "-proc:none", "-Werror"],
      // Spark's jars name others in their manifests that pyspark leaves out.
      "-Xlint:all,-path",
      ...["-classpath", path.join(await sparkJars(), "*"), "-d", draft],
      ...sources().map((source) => inRepository(source)),
    ],
    { logPath: logFile("java"), onLine: report },
  );
  fs.copyFileSync(inRepository(CONTRACT), path.join(draft, CONTRACT));
  fs.rmSync(inLocal("java"), { recursive: true, force: true });
  fs.renameSync(draft, inLocal("java"));
}
