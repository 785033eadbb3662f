import type { JobConfig } from "./jobConfig";

/** Most memory of a remembered key, in bytes (`spark/java/streamingml/state/ExpiringKeys.java`). */
const BYTES_PER_KEY = 43;

/** A key is remembered for `deduplicationMinutes` at the least and twice as long at the most. */
const LONGEST_TO_SHORTEST = 2;

/** Share of a heap that may hold keys: a query that starts again loads them before Spark lets go of the old ones. */
const SHARE_OF_HEAP = 1 / 3;

export interface DeduplicationMemory {
  /** What the keys of the largest process take at the expected rate, in MB. */
  readonly neededMb: number;
  /** What that process has for them, in MB. */
  readonly availableMb: number;
}

/**
 * Computes the memory that de-duplication takes. An executor remembers the keys of as many shards as it has cores;
 * without executors one process remembers all.
 *
 * @param job section `job`
 * @param shards most shards of the stream
 */
export function deduplicationMemory(job: JobConfig, shards: number): DeduplicationMemory {
  const { master, executorCores, executorMemoryMb, driverMemoryMb } = job.spark;
  const hasExecutors = master === "yarn";
  const keysPerShard =
    job.expectedRecordsPerSecondPerShard * 60 * job.deduplicationMinutes * LONGEST_TO_SHORTEST;
  const shardsOfOne = hasExecutors ? Math.min(executorCores, shards) : shards;
  return {
    neededMb: Math.ceil((shardsOfOne * keysPerShard * BYTES_PER_KEY) / 2 ** 20),
    availableMb: Math.floor((hasExecutors ? executorMemoryMb : driverMemoryMb) * SHARE_OF_HEAP),
  };
}
