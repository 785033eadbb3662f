/** Arguments of `spark-submit`, as an EMR step or a SageMaker pipeline hands them to command-runner.jar. Pure. */

export interface SparkSubmission {
  /** Name shown by YARN and the history server. */
  readonly name: string;
  readonly master: string;
  readonly deployMode: "cluster" | "client";
  /** Zips and single files with the Python modules that the entry point imports. */
  readonly pyFiles: readonly string[];
  /** Archive and the folder it is unpacked into, for example `s3a://b/code/d.zip#driver_dependencies`. */
  readonly archives: string;
  /** Jars on the class path of driver and executors, beside those that `settings` name as `spark.jars`. */
  readonly jars?: readonly string[];
  /** Files the driver and the executors find in their working folder, such as `s3a://b/code/x.txt#name.txt`. */
  readonly files?: readonly string[];
  /** Spark settings; their order does not matter. */
  readonly settings: Readonly<Record<string, string>>;
  /** Address of the Python file to run. */
  readonly entryPoint: string;
  readonly applicationArguments: readonly string[];
}

const JARS = "spark.jars";

/** Builds the whole command. Equal submissions give equal lists, so a changed list means a changed job. */
export function sparkSubmit(submission: SparkSubmission): string[] {
  // The option would hide the setting.
  const { [JARS]: moreJars, ...otherSettings } = submission.settings;
  const jars = [...(submission.jars ?? []), ...(moreJars === undefined ? [] : [moreJars])];
  const settings = Object.keys(otherSettings)
    .sort()
    .flatMap((name) => ["--conf", `${name}=${otherSettings[name]}`]);
  return [
    "spark-submit",
    "--master",
    submission.master,
    "--deploy-mode",
    submission.deployMode,
    "--name",
    submission.name,
    "--py-files",
    submission.pyFiles.join(","),
    "--archives",
    submission.archives,
    ...(jars.length === 0 ? [] : ["--jars", jars.join(",")]),
    ...(submission.files === undefined ? [] : ["--files", submission.files.join(",")]),
    ...settings,
    submission.entryPoint,
    ...submission.applicationArguments,
  ];
}
