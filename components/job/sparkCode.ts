import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { basename, join } from "node:path";

import { ARTIFACT_PREFIXES } from "../../contracts/bucketLayout";
import { PACKAGE_ROOT } from "../../contracts/packageRoot";
import { TRAINING_SET_MODULE } from "../../contracts/workload/names";
import { EMR_RELEASES, newestPython, pythonPath } from "../runtimes/emrReleases";
import type { BucketAccess } from "../shared/bucketAccess";
import { type CodeArchive, collectEntries, singleFile, zipArchive } from "../shared/codeArchive";
import type { ContractArgs } from "../shared/contractArgs";
import { readableError } from "../shared/errors";
import { builtArchives } from "./builtArchives";
import type { SparkConfig } from "./config";
import { neededModules, PACKAGE } from "./sparkModules";
import { DEPENDENCIES_FOLDER, pythonSettings } from "./sparkSettings";
import { sparkSubmit } from "./sparkSubmit";

export interface SparkCodeArgs {
  /** Takes the code, below `code/`. */
  readonly bucket: BucketAccess;
  /** Release of the cluster that runs the code; it decides which Python does. */
  readonly releaseLabel: string;
  /** What the events are: the jobs read it from beside their code. */
  readonly contract: ContractArgs;
  /**
   * The workload's own file that says which events become examples: only the training-set job gets it. Absent: there is
   * no such job.
   */
  readonly trainingSetPath?: string;
  /** Where the repository lies. @default this program's own folder */
  readonly root?: string;
}

/** Entry points below `spark/`, by the name of their job. */
const ENTRY_POINTS = {
  "streaming-job": "streaming_job.py",
  "training-set-job": "training_set_job.py",
  "compaction-job": "compaction_job.py",
} as const;

export type SparkProgram = keyof typeof ENTRY_POINTS;

/** Settings of one job, completed to a `spark-submit` command by {@link SparkCode.submit}. */
export interface SparkJob {
  /** Name shown by YARN and the history server. */
  readonly name: string;
  readonly program: SparkProgram;
  readonly spark: SparkConfig;
  readonly settings: Readonly<Record<string, string>>;
  readonly applicationArguments: pulumi.Input<string[]>;
}

/** What `spark-submit` takes of one job's code. */
interface UploadedProgram {
  readonly entryPoint: pulumi.Output<string>;
  readonly pyFiles: pulumi.Output<string>[];
  readonly jars: pulumi.Output<string>[];
}

/** What names an object: its content decides both. */
interface NamedContent extends Pick<CodeArchive, "fileName" | "sha256"> {
  /** Name of the object below the prefix of the code. @default `fileName` */
  readonly key?: string;
}

type ObjectBody = Pick<aws.s3.BucketObjectv2Args, "source" | "content" | "contentType">;

/** Spark takes a file of this name in a container's folder for its log configuration (Spark, running on YARN). */
const LOG_CONFIGURATION = "log4j2.properties";

/**
 * The code the cluster runs, uploaded under names that say what is in it. An object is never changed and never
 * deleted, because a job that is still running, or that an update returns to, may need it.
 */
export class SparkCode extends pulumi.ComponentResource {
  /** `s3a://` address of the compiled event contract, for the argument `--contract` of every job. */
  public readonly contractUri: pulumi.Output<string>;
  private readonly programs: Readonly<Partial<Record<SparkProgram, UploadedProgram>>>;
  private readonly dependenciesUri: pulumi.Output<string>;
  private readonly logConfigurationUri: pulumi.Output<string>;
  /** Path of the interpreter on the cluster's nodes. */
  private readonly python: string;

  constructor(name: string, args: SparkCodeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:cluster:SparkCode", name, {}, opts);
    this.python = pythonPath(newestPython(EMR_RELEASES[args.releaseLabel]));
    const root = args.root ?? PACKAGE_ROOT;
    const built = builtArchives(root);
    const put = (role: string, content: NamedContent, body: ObjectBody) => {
      const object = new aws.s3.BucketObjectv2(
        // The name in the state follows the content too: a new version is a new object, not a replaced one.
        `${name}-${role}-${content.sha256.slice(0, 8)}`,
        {
          bucket: args.bucket.name,
          key: `${ARTIFACT_PREFIXES.code}/${content.key ?? content.fileName}`,
          ...body,
        },
        { parent: this, retainOnDelete: true, dependsOn: [args.bucket] },
      );
      return pulumi.interpolate`s3a://${object.bucket}/${object.key}`;
    };
    const upload = (role: string, archive: CodeArchive & NamedContent) =>
      put(role, archive, { source: new pulumi.asset.FileAsset(archive.path) });
    this.contractUri = put("contract", args.contract, {
      content: args.contract.text,
      contentType: "application/json",
    });
    this.dependenciesUri = upload("dependencies", built.driverDependencies);
    this.logConfigurationUri = upload(
      "log-configuration",
      singleFile("log4j2", join(root, "spark", LOG_CONFIGURATION)),
    );
    const program = (
      role: SparkProgram,
      jars: Readonly<Record<string, CodeArchive>> = {},
      ownModules: readonly pulumi.Output<string>[] = [],
    ) => ({
      entryPoint: upload(role, singleFile(role, join(root, "spark", ENTRY_POINTS[role]))),
      pyFiles: [upload(`${role}-package`, packageArchive(root, ENTRY_POINTS[role])), ...ownModules],
      jars: Object.entries(jars).map(([part, jar]) => upload(`${role}-${part}`, jar)),
    });
    this.programs = {
      "streaming-job": program("streaming-job", {
        jar: built.streamingJob,
        "kinesis-client": built.kinesisClient,
        "phone-numbers": built.phoneNumbers,
      }),
      ...(args.trainingSetPath === undefined
        ? {}
        : {
            "training-set-job": program("training-set-job", {}, [
              upload("training-set", trainingSetModule(args.trainingSetPath)),
            ]),
          }),
      "compaction-job": program("compaction-job"),
    };
    this.registerOutputs({ programs: this.programs, contractUri: this.contractUri });
  }

  /** The complete `spark-submit` command of a job. */
  public submit(job: SparkJob): pulumi.Output<string[]> {
    const program = this.programs[job.program];
    if (program === undefined) {
      throw readableError(
        `SparkCode has no "${job.program}": give it trainingSetPath, the file that says which events become examples.`,
      );
    }
    return pulumi
      .all([
        pulumi.all(program.pyFiles),
        this.dependenciesUri,
        this.logConfigurationUri,
        program.entryPoint,
        pulumi.all(program.jars),
        job.applicationArguments,
      ])
      .apply(([pyFiles, dependencies, logConfiguration, entryPoint, jars, applicationArguments]) =>
        sparkSubmit({
          name: job.name,
          master: job.spark.master,
          deployMode: job.spark.deployMode,
          pyFiles,
          archives: `${dependencies}#${DEPENDENCIES_FOLDER}`,
          jars,
          // Without containers there is one log, and whoever runs the step says where it goes.
          ...(job.spark.master === "yarn"
            ? { files: [`${logConfiguration}#${LOG_CONFIGURATION}`] }
            : {}),
          settings: { ...job.settings, ...pythonSettings(job.spark, this.python) },
          entryPoint,
          applicationArguments,
        }),
      );
  }
}

/** The workload's own module. Python finds it by its file's name, so its content names the folder around it. */
function trainingSetModule(path: string): CodeArchive & NamedContent {
  const file = singleFile("training-set", path);
  return { ...file, key: `${basename(file.fileName, ".py")}/${TRAINING_SET_MODULE}` };
}

/** What an entry point imports of the package, with the contracts that lie beside its modules. */
function packageArchive(root: string, entryPoint: string): CodeArchive {
  const folder = join(root, "spark");
  const needed = new Set(["__init__", ...neededModules(folder, entryPoint)]);
  return zipArchive("streaming-ml", [
    ...collectEntries(join(folder, PACKAGE), `${PACKAGE}/`, (path) =>
      needed.has(basename(path, ".py")),
    ),
    ...collectEntries(join(root, "contracts"), `${PACKAGE}/contracts/`, (path) =>
      path.endsWith(".json"),
    ),
  ]);
}
