import * as fs from "node:fs";

import { runCommand } from "../command";
import { inLocal, inRepository, logFile, python } from "../paths";

/** What an EMR image carries and pip's pyspark does not: S3A. */
const PACKAGES = [
  "org.apache.hadoop:hadoop-aws:3.3.4",
  "com.amazonaws:aws-java-sdk-s3:1.12.262",
  "com.amazonaws:aws-java-sdk-dynamodb:1.12.262",
  "com.amazonaws:aws-java-sdk-sts:1.12.262",
];

/**
 * Left out: the 280 MB bundle that repeats the modules above, and what Spark ships in a newer
 * version, because these jars come before Spark's own on the class path.
 */
const EXCLUDED = [
  "com.amazonaws:aws-java-sdk-bundle",
  "com.fasterxml.jackson.core:jackson-annotations",
  "com.fasterxml.jackson.core:jackson-core",
  "com.fasterxml.jackson.core:jackson-databind",
  "commons-codec:commons-codec",
  "commons-logging:commons-logging",
  "joda-time:joda-time",
  "org.apache.httpcomponents:httpclient",
  "org.apache.httpcomponents:httpcore",
];

/** Resolves the jars once into `.local/jars`, so that no job start touches a registry. */
export async function installSparkPackages(report: (line: string) => void): Promise<void> {
  const ivyFolder = inLocal("ivy");
  await runCommand(
    inLocal("venv", "bin", "spark-submit"),
    [
      "--conf",
      `spark.jars.ivySettings=${inRepository("tools/setup/ivy/settings.xml")}`,
      "--conf",
      `spark.jars.ivy=${ivyFolder}`,
      "--packages",
      PACKAGES.join(","),
      "--exclude-packages",
      EXCLUDED.join(","),
      inRepository("tools/setup/resolve.py"),
    ],
    {
      logPath: logFile("spark-packages"),
      environment: { PYSPARK_PYTHON: python, SPARK_LOCAL_IP: "127.0.0.1" },
      onLine: (line) => report(line),
    },
  );
  fs.rmSync(inLocal("jars"), { recursive: true, force: true });
  fs.renameSync(`${ivyFolder}/jars`, inLocal("jars"));
}

export const SPARK_PACKAGES_FINGERPRINT = [...PACKAGES, ...EXCLUDED];
