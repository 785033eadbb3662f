/** Arguments of `spark-submit`, as an EMR step or a SageMaker pipeline hands them to command-runner.jar. Pure. */

export interface SparkSubmission {
  /** Name shown by YARN and the history server. */
  readonly name: string;
  readonly master: string;
  readonly deployMode: "cluster" | "client";
  /** Zip with the Python packages the entry point imports. */
  readonly pyFiles: string;
  /** Archive and the folder it is unpacked into, for example `s3a://b/code/d.zip#driver_dependencies`. */
  readonly archives: string;
  /** Files the driver and the executors find in their working folder, such as `s3a://b/code/x.txt#name.txt`. */
  readonly files?: readonly string[];
  /** Spark settings; their order does not matter. */
  readonly settings: Readonly<Record<string, string>>;
  /** Address of the Python file to run. */
  readonly entryPoint: string;
  readonly applicationArguments: readonly string[];
}

/** Builds the whole command. Equal submissions give equal lists, so a changed list means a changed job. */
export function sparkSubmit(submission: SparkSubmission): string[] {
  const settings = Object.keys(submission.settings)
    .sort()
    .flatMap((name) => ["--conf", `${name}=${submission.settings[name]}`]);
  return [
    "spark-submit",
    "--master",
    submission.master,
    "--deploy-mode",
    submission.deployMode,
    "--name",
    submission.name,
    "--py-files",
    submission.pyFiles,
    "--archives",
    submission.archives,
    ...(submission.files === undefined ? [] : ["--files", submission.files.join(",")]),
    ...settings,
    submission.entryPoint,
    ...submission.applicationArguments,
  ];
}
