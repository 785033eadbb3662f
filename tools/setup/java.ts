import * as fs from "node:fs";
import * as path from "node:path";
import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { runCommand } from "../command";
import { inLocal, inPythonPackage, inRepository, logFile } from "../paths";
import { packageInputs, resolvePackages } from "./ivy";
import { kinesisClientInputs } from "./kinesisClient";

const SOURCES = "spark/java";
const TEST_SOURCES = "tests/java";
const CONTRACT = "contracts/event.schema.json";

/** What a folder of Java sources becomes. */
interface Compilation {
  /** Folder of the sources, relative to the repository. Files that are no sources are copied along. */
  readonly sources: string;
  /** Names the folder of the classes in `.local`, and the log. */
  readonly name: "java" | "java-tests";
  readonly classPath: readonly string[];
  /** More arguments of the compiler. */
  readonly options?: readonly string[];
  /** Completes the folder of the classes before it gets its name. */
  readonly complete?: (classes: string) => void;
}

/** The files below a folder, relative to the repository, in a stable order. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(inRepository(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(inRepository(), path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}

/** Everything that the compiled classes depend on, relative to the repository. */
export function javaInputs(): string[] {
  return [...filesBelow(SOURCES), CONTRACT, "requirements.lock", ...kinesisClientInputs()];
}

/** Everything that the compiled tests depend on, relative to the repository. */
export function javaTestInputs(): string[] {
  return [...filesBelow(TEST_SOURCES), ...javaInputs(), ...packageInputs("java-test-jars")];
}

/** What the job's classes are compiled against, on this machine and in the tests. */
export function javaClassPath(): string[] {
  return [path.join(inPythonPackage("pyspark/jars"), "*"), inLocal("kinesis-client")];
}

/** Where the Java tests find everything they need, for the class path of a virtual machine. */
export function javaTestClassPath(): string[] {
  return [
    inLocal("java-tests"),
    inLocal("java"),
    path.join(inLocal("java-test-jars"), "*"),
    ...javaClassPath(),
  ];
}

async function compile(
  { sources, name, classPath, options = [], complete }: Compilation,
  report: (line: string) => void,
): Promise<void> {
  const draft = inLocal(`${name}.draft`);
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft);
  const files = filesBelow(sources);
  await runCommand(
    "javac",
    [
      ...["--release", String(BUILT_FOR.java), "-proc:none", "-Werror"],
      // Jars name others in their manifests, and annotations in their classes, that are not there.
      "-Xlint:all,-path,-classfile",
      ...options,
      ...["-classpath", classPath.join(path.delimiter), "-d", draft],
      ...files.filter((file) => file.endsWith(".java")).map((file) => inRepository(file)),
    ],
    { logPath: logFile(name), onLine: report },
  );
  for (const file of files.filter((one) => !one.endsWith(".java"))) {
    const target = path.join(draft, path.relative(sources, file));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(inRepository(file), target);
  }
  complete?.(draft);
  fs.rmSync(inLocal(name), { recursive: true, force: true });
  fs.renameSync(draft, inLocal(name));
}

/** Compiles the job's Java code into `.local/java`, with the contract it reads: the content of its jar. */
export async function compileJava(report: (line: string) => void): Promise<void> {
  const complete = (classes: string): void => {
    fs.mkdirSync(path.join(classes, path.dirname(CONTRACT)), { recursive: true });
    fs.copyFileSync(inRepository(CONTRACT), path.join(classes, CONTRACT));
  };
  await compile({ sources: SOURCES, name: "java", classPath: javaClassPath(), complete }, report);
}

/** Resolves what the Java tests run on into `.local/java-test-jars`. */
export async function installJavaTestJars(report: (line: string) => void): Promise<void> {
  const draft = inLocal("java-test-jars.draft");
  fs.rmSync(draft, { recursive: true, force: true });
  await resolvePackages("java-test-jars", draft, report);
  fs.rmSync(inLocal("java-test-jars"), { recursive: true, force: true });
  fs.renameSync(path.join(draft, "test"), inLocal("java-test-jars"));
  fs.rmSync(draft, { recursive: true });
}

/** Compiles the Java tests into `.local/java-tests`. */
export async function compileJavaTests(report: (line: string) => void): Promise<void> {
  await compile(
    {
      sources: TEST_SOURCES,
      name: "java-tests",
      classPath: [inLocal("java"), path.join(inLocal("java-test-jars"), "*"), ...javaClassPath()],
      // jqwik names the arguments of a property that does not hold.
      options: ["-parameters"],
    },
    report,
  );
}
