import * as pulumi from "@pulumi/pulumi";

import type { BucketAccess } from "../shared/bucketAccess";
import { type Complete, completeArgs } from "../shared/settings";
import type { DeploymentTarget } from "../shared/target";
import type { Capacity } from "./capacity";
import { checkpointKey } from "./checkpoint";
import { type JobConfig, jobConfigSchema, type JobSettings } from "./config";
import { streamingJobArguments } from "./jobArguments";
import { JobProvider } from "./jobProvider";
import { hashSpec, type JobInputs, UNHASHED } from "./jobSpec";
import type { SparkCode } from "./sparkCode";
import { streamingJobSettings } from "./sparkSettings";

export interface StreamingJobArgs extends JobSettings {
  readonly target: DeploymentTarget;
  readonly capacity: Capacity;
  readonly clusterId: pulumi.Input<string>;
  readonly code: SparkCode;
  /** Physical name of the data stream. */
  readonly stream: pulumi.Input<string>;
  /** Name of the job's own consumer of the stream. Absent: it polls. */
  readonly consumerName?: pulumi.Input<string>;
  /** `s3a://` address of the events. */
  readonly eventsUri: pulumi.Input<string>;
  /** Version of the lake they belong to: each has a checkpoint of its own. */
  readonly lakeVersion: number;
  /** Keeps the checkpoint, the lock and the stop marker, below `checkpoints/`. */
  readonly artifactBucket: BucketAccess;
  readonly userKeySecretArn: pulumi.Input<string>;
  readonly userKeyVersion: number;
  readonly quarantineKeySecretArn: pulumi.Input<string>;
  /** Id of the version of that secret to encrypt with. */
  readonly quarantineKeyVersionId: pulumi.Input<string>;
}

/**
 * The Spark job that moves events from the stream to the lake. `pulumi up` succeeds only when that job
 * has completed a micro-batch: JobProvider says what happens when it changes or fails.
 */
export class StreamingJob extends pulumi.ComponentResource {
  /** Name of the step and of the Spark application. */
  public readonly jobName: string;
  /** `s3a://` address of the object that says who writes and how far the job is. */
  public readonly lockUri: pulumi.Output<string>;
  public readonly checkpointUri: pulumi.Output<string>;
  /** Hash of what runs: the lock shows it once the job is ready. */
  public readonly specHash: pulumi.Output<string>;
  private readonly stopUri: pulumi.Output<string>;
  /** The complete `spark-submit` command. */
  public readonly command: pulumi.Output<string[]>;

  constructor(name: string, given: StreamingJobArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = completeArgs(
      "StreamingJob",
      name,
      jobConfigSchema,
      given,
      "target",
      "capacity",
      "clusterId",
      "code",
      "stream",
      "consumerName",
      "eventsUri",
      "lakeVersion",
      "artifactBucket",
      "userKeySecretArn",
      "userKeyVersion",
      "quarantineKeySecretArn",
      "quarantineKeyVersionId",
    );
    super("streaming-ml:cluster:StreamingJob", name, {}, opts);
    this.jobName = name;
    const checkpoint = checkpointKey(args.generation, args.lakeVersion);
    this.checkpointUri = args.artifactBucket.sparkUri(checkpoint);
    const lockKey = `${checkpoint}.lock.json`;
    const stopKey = `${checkpoint}.stop`;
    this.lockUri = args.artifactBucket.sparkUri(lockKey);
    this.stopUri = args.artifactBucket.sparkUri(stopKey);

    const clusterId = pulumi.output(args.clusterId);
    const unhashed = this.submit(name, args, UNHASHED);
    this.specHash = pulumi
      .all([unhashed, clusterId])
      .apply(([command, cluster]) => hashSpec(command, cluster));
    this.command = this.submit(name, args, this.specHash);
    const step = new StreamingJobStep(
      name,
      {
        jobName: name,
        region: args.target.region,
        accountId: args.target.accountId,
        clusterId,
        command: this.command,
        specHash: this.specHash,
        bucket: args.artifactBucket.name,
        lockKey,
        stopKey,
        enabled: args.enabled,
        readinessTimeoutSeconds: args.readinessTimeoutSeconds,
        stopTimeoutSeconds: args.stopTimeoutSeconds,
      },
      { parent: this },
    );
    this.registerOutputs({
      lockUri: this.lockUri,
      checkpointUri: this.checkpointUri,
      step: step.id,
    });
  }

  private submit(
    name: string,
    args: Complete<StreamingJobArgs, JobConfig>,
    specHash: pulumi.Input<string>,
  ): pulumi.Output<string[]> {
    const { capacity } = args;
    const applicationArguments = pulumi
      .all([
        args.stream,
        { contractUri: args.code.contractUri, eventsUri: args.eventsUri },
        { checkpointUri: this.checkpointUri, lockUri: this.lockUri, stopUri: this.stopUri },
        {
          hashKeySecret: args.userKeySecretArn,
          quarantineKeySecret: args.quarantineKeySecretArn,
          quarantineKeyVersion: args.quarantineKeyVersionId,
        },
        specHash,
        args.consumerName,
      ])
      .apply(([stream, inputs, checkpoint, secrets, hash, consumerName]) =>
        streamingJobArguments(
          {
            stream,
            region: args.target.region,
            source: args.source,
            ...inputs,
            ...checkpoint,
            generation: args.generation,
            triggerSeconds: capacity.triggerSeconds,
            freshnessSeconds: args.freshnessSeconds,
            maxRecordsPerShard: capacity.maxRecordsPerShard,
            deduplicationMinutes: args.deduplicationMinutes,
            ...secrets,
            keyVersion: args.userKeyVersion,
            metrics: args.metrics,
            restarts: args.restarts,
            consumerName,
          },
          hash,
        ),
      );
    return args.code.submit({
      name,
      program: "streaming-job",
      spark: args.spark,
      settings: streamingJobSettings(args, capacity),
      applicationArguments,
    });
  }
}

type StepArgs = { readonly [K in keyof JobInputs]: pulumi.Input<JobInputs[K]> };

/** One for all resources: Pulumi serializes an instance once, which takes longer than planning the rest of a stack. */
const provider = new JobProvider();

/** The running job as a resource of its own. */
class StreamingJobStep extends pulumi.dynamic.Resource {
  constructor(name: string, args: StepArgs, opts: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args }, opts, "cluster", "StreamingJobStep");
  }
}
