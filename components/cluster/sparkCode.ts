import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { join, resolve } from "node:path";

import type { StorageBucket } from "../lake/storageBucket";
import { collectEntries, singleFile, zipArchive, type CodeArchive } from "../shared/codeArchive";
import type { SparkConfig } from "./jobConfig";
import { sparkSubmit } from "./sparkSubmit";
import { DEPENDENCIES_FOLDER } from "./sparkSettings";

export interface SparkCodeArgs {
  /** Takes the code, below `code/`. */
  readonly bucket: StorageBucket;
  /** Where the repository lies. @default this program's own folder */
  readonly root?: string;
}

/** Address and settings of one job, completed to a `spark-submit` command by {@link SparkCode.submit}. */
export interface SparkJob {
  readonly name: string;
  readonly spark: SparkConfig;
  readonly settings: Readonly<Record<string, string>>;
  readonly entryPoint: pulumi.Input<string>;
  readonly applicationArguments: pulumi.Input<string[]>;
}

/** Prefix of the code in the artifact bucket. */
const CODE_PREFIX = "code";

/** Spark takes a file of this name in a container's folder for its log configuration (Spark, running on YARN). */
const LOG_CONFIGURATION = "log4j2.properties";

/**
 * The code the cluster runs, uploaded under names that say what is in it. An object is never changed and never
 * deleted, because a job that is still running, or that an update returns to, may need it.
 */
export class SparkCode extends pulumi.ComponentResource {
  /** `s3a://` address of the streaming job's entry point. */
  public readonly streamingJobUri: pulumi.Output<string>;
  /** `s3a://` address of the training-set job's entry point. */
  public readonly trainingSetJobUri: pulumi.Output<string>;
  /** `s3a://` address of the compaction job's entry point. */
  public readonly compactionJobUri: pulumi.Output<string>;
  private readonly packageUri: pulumi.Output<string>;
  private readonly dependenciesUri: pulumi.Output<string>;
  private readonly logConfigurationUri: pulumi.Output<string>;

  constructor(name: string, args: SparkCodeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("streaming-ml:cluster:SparkCode", name, {}, opts);
    const root = args.root ?? resolve(__dirname, "..", "..");
    const upload = (role: string, archive: CodeArchive) => {
      const key = `${CODE_PREFIX}/${archive.fileName}`;
      const object = new aws.s3.BucketObjectv2(
        // The name in the state follows the content too: a new version is a new object, not a replaced one.
        `${name}-${role}-${archive.sha256.slice(0, 8)}`,
        { bucket: args.bucket.name, key, source: new pulumi.asset.FileAsset(archive.path) },
        { parent: this, retainOnDelete: true, dependsOn: [args.bucket] },
      );
      return pulumi.interpolate`s3a://${object.bucket}/${object.key}`;
    };
    this.packageUri = upload("package", packageArchive(root));
    this.dependenciesUri = upload("dependencies", dependenciesArchive(root));
    this.logConfigurationUri = upload(
      "log-configuration",
      singleFile("log4j2", join(root, "spark", LOG_CONFIGURATION)),
    );
    this.streamingJobUri = upload(
      "streaming-job",
      singleFile("streaming-job", join(root, "spark", "streaming_job.py")),
    );
    this.trainingSetJobUri = upload(
      "training-set-job",
      singleFile("training-set-job", join(root, "spark", "training_set_job.py")),
    );
    this.compactionJobUri = upload(
      "compaction-job",
      singleFile("compaction-job", join(root, "spark", "compaction_job.py")),
    );
    this.registerOutputs({
      streamingJobUri: this.streamingJobUri,
      trainingSetJobUri: this.trainingSetJobUri,
      compactionJobUri: this.compactionJobUri,
    });
  }

  /** The complete `spark-submit` command of a job. */
  public submit(job: SparkJob): pulumi.Output<string[]> {
    return pulumi
      .all([
        this.packageUri,
        this.dependenciesUri,
        this.logConfigurationUri,
        job.entryPoint,
        job.applicationArguments,
      ])
      .apply(([pyFiles, dependencies, logConfiguration, entryPoint, applicationArguments]) =>
        sparkSubmit({
          name: job.name,
          master: job.spark.master,
          deployMode: job.spark.deployMode,
          pyFiles,
          archives: `${dependencies}#${DEPENDENCIES_FOLDER}`,
          // Without containers there is one log, and whoever runs the step says where it goes.
          ...(job.spark.master === "yarn"
            ? { files: [`${logConfiguration}#${LOG_CONFIGURATION}`] }
            : {}),
          settings: job.settings,
          entryPoint,
          applicationArguments,
        }),
      );
  }
}

/** The package the entry points import, with the contracts it reads beside its modules. */
function packageArchive(root: string): CodeArchive {
  return zipArchive("streaming-ml", [
    ...collectEntries(join(root, "spark", "streaming_ml"), "streaming_ml/"),
    ...collectEntries(join(root, "contracts"), "streaming_ml/contracts/", (path) =>
      path.endsWith(".json"),
    ),
  ]);
}

/** boto3 and what it needs, all pure Python, collected by `make setup`. */
function dependenciesArchive(root: string): CodeArchive {
  return zipArchive(
    "driver-dependencies",
    collectEntries(join(root, ".local", "driver-dependencies")),
  );
}
