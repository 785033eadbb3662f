import * as fs from "node:fs";

import { runCommand } from "../command";
import { inLocal, inPythonPackage, inRepository, logFile } from "../paths";

/** Lists of packages below `tools/setup/ivy`. */
export type PackageList = "kinesis-client" | "phone-numbers" | "java-test-jars";

const SETTINGS = "tools/setup/ivy/settings.xml";

/** Everything that decides which jars a list brings, relative to the repository. */
export function packageInputs(list: PackageList): string[] {
  return [SETTINGS, `tools/setup/ivy/${list}.xml`];
}

/**
 * Resolves a list with the Ivy that comes with Spark, so that a machine needs no other build tool.
 *
 * @param target receives `<configuration>/<name>-<version>.jar`
 */
export async function resolvePackages(
  list: PackageList,
  target: string,
  report: (line: string) => void,
): Promise<void> {
  const [settings, packages] = packageInputs(list).map((file) => inRepository(file));
  await runCommand(
    "java",
    [
      ...["-classpath", sparkJar("ivy"), "org.apache.ivy.Main", "-settings", settings],
      // A cache of its own: two lists are resolved at the same time.
      ...["-cache", inLocal("ivy", list), "-ivy", packages, "-types", "jar", "bundle"],
      ...["-retrieve", `${target}/[conf]/[artifact]-[revision].[ext]`],
    ],
    { logPath: logFile(list), onLine: report },
  );
}

/** Path of the one jar of pyspark with this name, whatever its version. */
function sparkJar(name: string): string {
  const folder = inPythonPackage("pyspark/jars");
  const found = fs.readdirSync(folder).filter((file) => new RegExp(`^${name}-\\d`).test(file));
  if (found.length !== 1) {
    throw new Error(
      `One jar ${name}-<version>.jar is expected in ${folder}. Received: ${found.join(", ") || "none"}. ` +
        "Delete .local/venv and run `make setup`, which installs pyspark.",
    );
  }
  return `${folder}/${found[0]}`;
}
