import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { promisify } from "node:util";
import { inLocal } from "../paths";
import { findPython } from "./python";

const JAVA_VERSIONS = [17, 11, 8];

async function javaProblem(): Promise<string | undefined> {
  try {
    const { stderr } = await promisify(execFile)("java", ["-version"]);
    const major = Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1]);
    return JAVA_VERSIONS.includes(major)
      ? undefined
      : `Java 17 is needed by Spark 3.5 and \`java\` is version ${major}. Put Java 17 first on PATH.`;
  } catch {
    return "Java 17 is needed by Spark and `java` is not on PATH. Install a Java 17 runtime.";
  }
}

async function goProblem(): Promise<string | undefined> {
  if (fs.existsSync(inLocal("bin", "pulumi"))) {
    return undefined;
  }
  for (const command of ["pulumi", "go"]) {
    try {
      await promisify(execFile)(command, ["version"]);
      return undefined;
    } catch {
      // Either one is enough.
    }
  }
  return "Neither `pulumi` nor `go` is on PATH. Install the Pulumi CLI, or Go so that it can be built.";
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
  const problems = await Promise.all([javaProblem(), goProblem(), pythonProblem()]);
  return problems.filter((problem) => problem !== undefined);
}
