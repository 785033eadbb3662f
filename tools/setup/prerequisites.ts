import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { promisify } from "node:util";
import { coerce, gte } from "semver";

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { inLocal } from "../paths";
import { findPython } from "./python";

/** The oldest Go that compiles the Pulumi engine and the S3 server. */
export const GO_VERSION = "1.26.6";

/** A runtime alone has `java` and no `javac`. */
async function javaProblem(program: "java" | "javac"): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, ["-version"]);
    const major = Number(/(?:version "|javac )(?:1\.)?(\d+)/.exec(stdout + stderr)?.[1]);
    return major === BUILT_FOR.java
      ? undefined
      : `Java ${BUILT_FOR.java} is needed by Spark ${BUILT_FOR.spark} and \`${program}\` is version ${major}. ` +
          `Put Java ${BUILT_FOR.java} first on PATH.`;
  } catch {
    return (
      `Java ${BUILT_FOR.java} is needed by Spark and \`${program}\` is not on PATH. ` +
      `Install a Java ${BUILT_FOR.java} development kit (JDK).`
    );
  }
}

async function goProblem(): Promise<string | undefined> {
  if (fs.existsSync(inLocal("bin", "versitygw")) && fs.existsSync(inLocal("bin", "pulumi"))) {
    return undefined;
  }
  try {
    const { stdout } = await promisify(execFile)("go", ["version"]);
    const version = coerce(/ go(\S+)/.exec(stdout)?.[1]);
    return version !== null && gte(version, GO_VERSION)
      ? undefined
      : `Go ${GO_VERSION} or newer is needed to build the local S3 server and \`go\` is ${stdout.trim()}. Install a newer one.`;
  } catch {
    return `Go is needed to build the local S3 server and \`go\` is not on PATH. Install Go ${GO_VERSION} or newer.`;
  }
}

async function pythonProblem(): Promise<string | undefined> {
  try {
    await findPython();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Everything the machine lacks, one sentence each, so that it can be mended in one go. */
export async function missingPrerequisites(): Promise<string[]> {
  const problems = await Promise.all([
    javaProblem("java"),
    javaProblem("javac"),
    goProblem(),
    pythonProblem(),
  ]);
  return problems.filter((problem) => problem !== undefined);
}
