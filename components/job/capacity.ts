import { virtualCores, yarnMemoryMb } from "../runtimes/instanceTypes";
import type { JobSource } from "./config";
import { keysOfStreamMb, memoryForKeysMb } from "./deduplicationMemory";
import { readingCores } from "./readingCores";
import { planShufflePartitions } from "./shufflePartitions";

/**
 * Capacity of the cluster and bounds of a micro-batch, from shards, rate and freshness. Pure.
 *
 * Two things decide about executors: cores to read the shards with (readingCores.ts), and memory for the keys that
 * de-duplication remembers (deduplicationMemory.ts). Freshness decides how often a micro-batch starts; the number of
 * partitions behind the readers follows the rate (shufflePartitions.ts).
 */

/** What YARN adds to a container: 10 %, at least 384 MB (`spark.executor.memoryOverhead`), plus PySpark's share. */
const OVERHEAD_SHARE = 0.1875;
const OVERHEAD_LEAST_MB = 384;

/** An on-demand stream opens with this many shards (4 MB/s; Kinesis, service quotas). */
const ON_DEMAND_FIRST_SHARDS = 4;

/** Jobs at the same time at the least: the streaming job never ends, so any other one runs beside it. */
const DRIVERS = 2;

export interface CapacityInput {
  readonly stream: {
    readonly mode: "provisioned" | "onDemand";
    readonly shardCount?: number;
    readonly maxShards?: number;
  };
  readonly job: {
    readonly source: JobSource;
    readonly freshnessSeconds: number;
    readonly expectedRecordsPerSecondPerShard: number;
    readonly deduplicationMinutes: number;
    readonly triggerSeconds?: number;
    readonly spark: {
      readonly master: string;
      readonly driverCores: number;
      readonly driverMemoryMb: number;
      readonly executorCores: number;
      readonly executorMemoryMb: number;
    };
  };
  /** Types of core and task nodes; the smallest counts. */
  readonly instanceTypes: readonly string[];
}

export interface Capacity {
  /** Most records a micro-batch takes from one shard; absent where the source plans its micro-batches by time. */
  readonly maxRecordsPerShard?: number;
  /** Seconds from one micro-batch's start to the next one's. */
  readonly triggerSeconds: number;
  /** Executors for the shards the stream opens with, and for the most it may open. */
  readonly minimumExecutors: number;
  readonly maximumExecutors: number;
  /** Instances that hold the driver and the executors, at the least and at the most. */
  readonly minimumUnits: number;
  readonly maximumUnits: number;
  /** On-demand instances that hold the streaming job's driver and a batch job's beside it: YARN puts both there. */
  readonly driverUnits: number;
  /** Partitions of the stateful part, and so files of a micro-batch; frozen into a checkpoint by its first start. */
  readonly shufflePartitions: number;
}

/** Shards of the stream when it has grown as far as it may. */
export function mostShards(stream: CapacityInput["stream"]): number {
  return (stream.mode === "provisioned" ? stream.shardCount : stream.maxShards) ?? 1;
}

/**
 * Computes what the stream demands of the cluster.
 *
 * @returns capacity, or the sentence that says why no number of nodes would do
 */
export function planCapacity(input: CapacityInput): Capacity | { readonly problem: string } {
  const { stream, job, instanceTypes } = input;
  const shards = mostShards(stream);
  const firstShards =
    stream.mode === "provisioned" ? shards : Math.min(ON_DEMAND_FIRST_SHARDS, shards);
  const executorsPerUnit = Math.min(...instanceTypes.map((type) => executorsOn(type, job.spark)));
  if (executorsPerUnit < 1) {
    return {
      problem:
        `an executor of ${job.spark.executorCores} cores and ${job.spark.executorMemoryMb} MB does not fit on ` +
        `every type of ${instanceTypes.join(", ")}: use larger nodes or a smaller executor`,
    };
  }
  const driversPerUnit = Math.min(...instanceTypes.map((type) => driversOn(type, job.spark)));
  if (driversPerUnit < 1) {
    return {
      problem:
        `a driver of ${job.spark.driverCores} cores and ${job.spark.driverMemoryMb} MB does not fit on ` +
        `every type of ${instanceTypes.join(", ")}: use larger nodes or a smaller driver`,
    };
  }
  const triggerSeconds = job.triggerSeconds ?? Math.max(1, Math.floor(job.freshnessSeconds / 2));
  const executorsFor = (count: number) =>
    Math.max(
      Math.ceil(readingCores(job, count, triggerSeconds) / job.spark.executorCores),
      executorsForKeys(job, count),
    );
  const units = (executors: number) =>
    unitsFor(executors, executorsPerUnit, instanceTypes, job.spark);
  const minimumExecutors = executorsFor(firstShards);
  const maximumExecutors = executorsFor(shards);
  return {
    ...(job.source === "kinesis-ranges"
      ? {}
      : {
          maxRecordsPerShard: Math.ceil(
            job.expectedRecordsPerSecondPerShard * job.freshnessSeconds,
          ),
        }),
    triggerSeconds,
    minimumExecutors,
    maximumExecutors,
    minimumUnits: units(minimumExecutors),
    maximumUnits: units(maximumExecutors),
    driverUnits: Math.ceil(DRIVERS / driversPerUnit),
    shufflePartitions: planShufflePartitions(job, shards),
  };
}

/** Executors whose memory holds the keys of as many shards, and no more than there are partitions for. */
function executorsForKeys(job: CapacityInput["job"], shards: number): number {
  if (job.spark.master !== "yarn") {
    return 1;
  }
  const wanted = Math.ceil(keysOfStreamMb(job, shards) / memoryForKeysMb(job.spark));
  return Math.min(wanted, Math.ceil(shards / job.spark.executorCores));
}

type Sizes = CapacityInput["job"]["spark"];

/** Memory that YARN gives a driver or executor of this heap, in MB. */
export function containerMemoryMb(memoryMb: number): number {
  return memoryMb + Math.max(OVERHEAD_LEAST_MB, Math.ceil(memoryMb * OVERHEAD_SHARE));
}

function executorsOn(instanceType: string, spark: Sizes): number {
  return containersOn(instanceType, spark.executorCores, spark.executorMemoryMb);
}

function driversOn(instanceType: string, spark: Sizes): number {
  return containersOn(instanceType, spark.driverCores, spark.driverMemoryMb);
}

function containersOn(instanceType: string, cores: number, memoryMb: number): number {
  const byCores = Math.floor((virtualCores(instanceType) ?? 0) / cores);
  const memory = yarnMemoryMb(instanceType);
  return memory === undefined
    ? byCores
    : Math.min(byCores, Math.floor(memory / containerMemoryMb(memoryMb)));
}

/** The driver shares a node with executors when both its cores and its memory are left over there. */
function unitsFor(
  executors: number,
  perUnit: number,
  instanceTypes: readonly string[],
  spark: Sizes,
): number {
  const units = Math.ceil(executors / perUnit);
  const onLastUnit = executors - (units - 1) * perUnit;
  const driverFits = instanceTypes.every((type) => {
    const coresLeft = (virtualCores(type) ?? 0) - onLastUnit * spark.executorCores;
    const memory = yarnMemoryMb(type);
    const memoryLeft =
      memory === undefined
        ? Number.POSITIVE_INFINITY
        : memory - onLastUnit * containerMemoryMb(spark.executorMemoryMb);
    return coresLeft >= spark.driverCores && memoryLeft >= containerMemoryMb(spark.driverMemoryMb);
  });
  return driverFits ? units : units + 1;
}
