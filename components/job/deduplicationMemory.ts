/** Most memory of a remembered key, in bytes (`spark/java/streamingml/state/ExpiringKeys.java`). */
const BYTES_PER_KEY = 43;

/** A key is remembered for `deduplicationMinutes` at the least and twice as long at the most. */
const LONGEST_TO_SHORTEST = 2;

/** Share of a heap that may hold keys: a query that starts again loads them before Spark lets go of the old ones. */
const SHARE_OF_HEAP = 1 / 3;

/** The keys of section `job` that decide how many event ids are remembered, and in how much memory. */
export interface RememberingJob {
  readonly expectedRecordsPerSecondPerShard: number;
  readonly deduplicationMinutes: number;
  readonly spark: {
    readonly master: string;
    readonly driverMemoryMb: number;
    readonly executorCores: number;
    readonly executorMemoryMb: number;
  };
}

export interface DeduplicationMemory {
  /** What the keys of the largest process take at the expected rate, in MB. */
  readonly neededMb: number;
  /** What that process has for them, in MB. */
  readonly availableMb: number;
}

/** Memory of all keys of a stream at the expected rate, in MB. */
export function keysOfStreamMb(job: RememberingJob, shards: number): number {
  const keys =
    shards *
    job.expectedRecordsPerSecondPerShard *
    60 *
    job.deduplicationMinutes *
    LONGEST_TO_SHORTEST;
  return (keys * BYTES_PER_KEY) / 2 ** 20;
}

/** Memory that one process has for keys, in MB: an executor, or the only process where there are none. */
export function memoryForKeysMb({
  master,
  executorMemoryMb,
  driverMemoryMb,
}: RememberingJob["spark"]): number {
  return Math.floor((master === "yarn" ? executorMemoryMb : driverMemoryMb) * SHARE_OF_HEAP);
}

/**
 * Computes the memory that de-duplication takes. An executor holds the keys of as many partitions as it has cores,
 * at the most; without executors one process remembers all.
 *
 * @param job section `job`
 * @param shards most shards of the stream
 * @param partitions partitions of the stateful part, over which the keys are spread evenly
 */
export function deduplicationMemory(
  job: RememberingJob,
  shards: number,
  partitions: number,
): DeduplicationMemory {
  const { master, executorCores } = job.spark;
  const share = master === "yarn" ? Math.min(1, executorCores / partitions) : 1;
  return {
    neededMb: Math.ceil(keysOfStreamMb(job, shards) * share),
    availableMb: memoryForKeysMb(job.spark),
  };
}
