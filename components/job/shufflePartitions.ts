import { keysOfStreamMb, memoryForKeysMb, type RememberingJob } from "./deduplicationMemory";

/**
 * Records a second that one partition of the stateful part is planned for. A core of the benchmark's machine reads,
 * de-duplicates and writes 53,781 events a second in the slower of two forms (docs/benchmarks.md); a fifth of that
 * leaves room for other machines, for S3, and for a backlog of five times the expected rate.
 */
const RECORDS_PER_SECOND_PER_PARTITION = 10_000;

/** Two statuses of rows must not wait for each other's file. */
const FEWEST = 2;

/**
 * Plans how many partitions de-duplicate and write a micro-batch: as few as carry the expected rate of a fully grown
 * stream, and as many as spread its keys so that no executor holds more than its share of memory. Each partition
 * writes up to one file per status, so more of them cost a small file each, twice a freshness interval, for nothing.
 *
 * @param job section `job`
 * @param shards most shards of the stream
 */
export function planShufflePartitions(job: RememberingJob, shards: number): number {
  const rate = job.expectedRecordsPerSecondPerShard * shards;
  // More partitions than cores of the largest fleet, one per shard in whole executors, would wait for each other.
  const cores = Math.ceil(shards / job.spark.executorCores) * job.spark.executorCores;
  const wanted = Math.max(
    Math.ceil(rate / RECORDS_PER_SECOND_PER_PARTITION),
    partitionsForMemory(job, shards),
  );
  return Math.max(FEWEST, Math.min(wanted, cores));
}

/**
 * An executor works on as many partitions as it has cores, and keeps them: Spark runs a partition where its state
 * already is. So with fewer partitions the keys concentrate, until one executor holds them all.
 */
function partitionsForMemory(job: RememberingJob, shards: number): number {
  const everyKeyMb = keysOfStreamMb(job, shards);
  const availableMb = memoryForKeysMb(job.spark);
  if (job.spark.master !== "yarn" || everyKeyMb <= availableMb) {
    return FEWEST;
  }
  return Math.ceil((job.spark.executorCores * everyKeyMb) / availableMb);
}
