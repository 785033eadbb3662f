import * as fs from "node:fs";
import * as path from "node:path";

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { runCommand } from "../command";
import { filesBelow, inLocal, inPythonPackage, inRepository, logFile } from "../paths";
import { packageInputs, resolvePackages } from "./ivy";
import { kinesisClientInputs } from "./kinesisClient";
import { phoneNumbersInputs, phoneNumbersJar } from "./phoneNumbers";

const SOURCES = "spark/java";
const TEST_SOURCES = "tests/java";

/** What a folder of Java sources becomes. */
interface Compilation {
  /** Folder of the sources, relative to the repository. Files that are no sources are copied along. */
  readonly sources: string;
  /** Names the folder of the classes in `.local`, and the log. */
  readonly name: "java" | "java-tests";
  readonly classPath: readonly string[];
  /** More arguments of the compiler. */
  readonly options?: readonly string[];
}

/** Everything that the compiled classes depend on, relative to the repository. */
export function javaInputs(): string[] {
  return [
    ...filesBelow(SOURCES),
    "requirements.lock",
    ...kinesisClientInputs(),
    ...phoneNumbersInputs(),
  ];
}

/** Everything that the compiled tests depend on, relative to the repository. */
export function javaTestInputs(): string[] {
  return [...filesBelow(TEST_SOURCES), ...javaInputs(), ...packageInputs("java-test-jars")];
}

/** What the job's classes are compiled against, on this machine and in the tests. */
export function javaClassPath(
  spark: readonly string[] = [path.join(inPythonPackage("pyspark/jars"), "*")],
): string[] {
  return [...spark, inLocal("kinesis-client"), phoneNumbersJar()];
}

/**
 * Where the Java tests find everything they need, for the class path of a virtual machine.
 *
 * @param spark Spark's jars. @default all of them
 */
export function javaTestClassPath(spark?: readonly string[]): string[] {
  return [
    inLocal("java-tests"),
    inLocal("java"),
    path.join(inLocal("java-test-jars"), "*"),
    ...javaClassPath(spark),
  ];
}

async function compile(
  { sources, name, classPath, options = [] }: Compilation,
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
  fs.rmSync(inLocal(name), { recursive: true, force: true });
  fs.renameSync(draft, inLocal(name));
}

/** Compiles the job's Java code into `.local/java`: the content of its jar, the same for every workload. */
export async function compileJava(report: (line: string) => void): Promise<void> {
  await compile({ sources: SOURCES, name: "java", classPath: javaClassPath() }, report);
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
