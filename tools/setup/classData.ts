import * as fs from "node:fs";
import * as path from "node:path";

import { SHORT_LIVED_JAVA } from "../check/virtualMachines";
import { ClassData, connectors, findJava } from "../classData/archive";
import { runCommand } from "../command";
import { filesBelow, inLocal, inRepository, logFile, python, repositoryRoot } from "../paths";

/** Everything of the repository that decides what is archived. */
export function classDataInputs(): string[] {
  return ["requirements.lock", ...filesBelow("tools/classData")];
}

/** The archive for the Java and the jars that are installed; before they are, a folder that is not there either. */
export function classDataFiles(): string[] {
  try {
    const { archive } = new ClassData(findJava(process.env));
    return [path.relative(repositoryRoot, archive)];
  } catch {
    return [".local/class-data"];
  }
}

/** Writes the archive of Spark's classes where it is missing: what a short job has loaded is what the next one loads. */
export async function archiveClasses(report: (line: string) => void): Promise<void> {
  const data = new ClassData(findJava(process.env));
  data.prepare();
  const draft = `${data.archive}.${process.pid}`;
  process.once("exit", () => fs.rmSync(draft, { force: true }));
  await runCommand(
    inLocal("venv", "bin", "spark-submit"),
    [
      ...["--master", "local[1]", "--conf", "spark.ui.enabled=false"],
      ...["--driver-class-path", connectors()],
      ...["--driver-java-options", `-XX:ArchiveClassesAtExit=${draft} -Xlog:cds*=error`],
      inRepository("tools", "classData", "recorded_job.py"),
    ],
    {
      logPath: logFile("class-data"),
      cwd: path.dirname(draft),
      environment: {
        JAVA_HOME: path.resolve(data.java, "..", ".."),
        JDK_JAVA_OPTIONS: SHORT_LIVED_JAVA,
        // A folder on the class path that is not empty is one that no archive can be written for.
        SPARK_CONF_DIR: path.join(data.folder, "none"),
        SPARK_LOCAL_IP: "127.0.0.1",
        PYSPARK_PYTHON: python,
      },
      onLine: (line) => report(line),
    },
  );
  fs.renameSync(draft, data.archive);
}
