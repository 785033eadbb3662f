/** Writes the archive of Spark's classes where it is missing: `node -r tsx/cjs tools/classData/main.ts`. */
import * as fs from "node:fs";
import * as path from "node:path";

import { runCommand } from "../command";
import { inLocal, inRepository, logFile, python } from "../paths";
import { note } from "../terminal";
import { ClassData, connectors, findJava } from "./archive";

async function main(): Promise<void> {
  const data = new ClassData(findJava(process.env));
  data.prepare();
  if (fs.existsSync(data.archive)) {
    return;
  }
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
        // A folder on the class path that is not empty is one that no archive can be written for.
        SPARK_CONF_DIR: path.join(data.folder, "none"),
        SPARK_LOCAL_IP: "127.0.0.1",
        PYSPARK_PYTHON: python,
      },
    },
  );
  fs.renameSync(draft, data.archive);
}

main().catch((error: Error) => {
  note(error.message);
  process.exitCode = 1;
});
