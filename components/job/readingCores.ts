import type { JobSource } from "./config";

/**
 * Cores that a stream's shards need, by the source that reads them. Pure.
 *
 * `kinesis-ranges` knows where a micro-batch ends before a task reads it, so a task waits for no record: it reads the
 * shards it was given one after the other, and a core reads many. EMR's connector reads each shard in a task of its
 * own, which waits for records as long as the micro-batch is open: a shard without a core waits for another one's
 * micro-batch to end.
 */

/** Calls for the share of one shard in a micro-batch: GetShardIterator, and GetRecords for up to 10,000 records. */
const CALLS_PER_SHARD = 2;

/** Seconds a call to Kinesis takes at the most where nothing is wrong; half of that is usual. */
const SECONDS_PER_CALL = 0.05;

/** What a core reads, de-duplicates and writes, in the slower of two measured forms (docs/benchmarks.md). */
const RECORDS_PER_SECOND_PER_CORE = 50_000;

/** Share of a trigger that reading may take. The rest is for planning and committing, and for catching up. */
const SHARE_OF_TRIGGER = 0.5;

export interface ReadingJob {
  readonly source: JobSource;
  readonly expectedRecordsPerSecondPerShard: number;
}

/** Computes the cores that keep up with as many shards at the expected rate. */
export function readingCores(job: ReadingJob, shards: number, triggerSeconds: number): number {
  if (job.source !== "kinesis-ranges") {
    return shards;
  }
  const records = job.expectedRecordsPerSecondPerShard * triggerSeconds;
  const secondsPerShard =
    CALLS_PER_SHARD * SECONDS_PER_CALL + records / RECORDS_PER_SECOND_PER_CORE;
  return Math.ceil((shards * secondsPerShard) / (SHARE_OF_TRIGGER * triggerSeconds));
}
