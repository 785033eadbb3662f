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
  if (fs.existsSync(inLocal("bin", "versitygw")) && fs.existsSync(inLocal("bin", "pulumi"))) {
    return undefined;
  }
  try {
    await promisify(execFile)("go", ["version"]);
    return undefined;
  } catch {
    return "Go is needed to build the local S3 server and `go` is not on PATH. Install Go 1.25 or newer.";
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
  const problems = await Promise.all([javaProblem(), goProblem(), pythonProblem()]);
  return problems.filter((problem) => problem !== undefined);
}
