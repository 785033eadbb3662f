import * as pulumi from "@pulumi/pulumi";

import type { Capacity } from "./capacity";
import type { SparkConfig } from "./config";
import type { SparkCode, SparkProgram } from "./sparkCode";
import { batchJobSettings } from "./sparkSettings";

/** What every batch job that reads the events needs. */
export interface BatchJobArgs {
  readonly code: SparkCode;
  readonly spark: SparkConfig;
  readonly capacity: Capacity;
  readonly region: string;
  /** `s3a://` address of the events as the streaming job writes them. */
  readonly eventsUri: pulumi.Input<string>;
  /** `s3a://` address of their compacted form. */
  readonly historyUri: pulumi.Input<string>;
}

/** Executors that the job for a training set may ask for, however small the cluster is. */
const TRAINING_SET_EXECUTORS = 2;

/**
 * Command that builds a training set, up to where it reads from. The training pipeline appends what is known only
 * when it runs: where to write and under which id. It reads months of the lake, and seldom, so it may make the cluster
 * grow: by as many executors as the stream's own maximum, and never beyond `cluster.scaling.maximumUnits`.
 */
export function trainingSetCommand(args: BatchJobArgs): pulumi.Output<string[]> {
  const executors = Math.max(TRAINING_SET_EXECUTORS, args.capacity.maximumExecutors);
  return batchCommand("training-set", "training-set-job", args, executors, []);
}

/**
 * Command that rewrites closed hours into few large files.
 *
 * @param keepDays days that the streaming job's own files stay after their hour was compacted
 * @param maximumExecutors executors it may ask for; it runs every hour, so they should fit in what is there
 */
export function compactionCommand(
  args: BatchJobArgs,
  keepDays: number,
  maximumExecutors: number,
): pulumi.Output<string[]> {
  return batchCommand("compaction", "compaction-job", args, maximumExecutors, [
    ...["--keep-days", String(keepDays)],
  ]);
}

function batchCommand(
  name: string,
  program: SparkProgram,
  args: BatchJobArgs,
  maximumExecutors: number,
  rest: readonly string[],
): pulumi.Output<string[]> {
  return args.code.submit({
    name,
    program,
    spark: args.spark,
    settings: batchJobSettings(args.spark, args.capacity, maximumExecutors),
    applicationArguments: pulumi
      .all([args.code.contractUri, args.eventsUri, args.historyUri])
      .apply(([contract, events, history]) => [
        ...["--contract", contract],
        ...["--events-uri", events],
        ...["--history-uri", history],
        ...["--region", args.region],
        ...rest,
      ]),
  });
}
