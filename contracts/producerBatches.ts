/** A record ready to be sent. */
export interface ProducerRecord {
  /** Records with the same key keep their order; see `partitionKey`. */
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** Its origin, for messages, for example "posts.jsonl, line 7". */
  readonly origin?: string;
}

/** Limits of one PutRecords call (PutRecords API reference). */
export const MAX_BATCH_RECORDS = 500;
export const MAX_BATCH_BYTES = 5 * 1024 * 1024;

/** Size of a record, as Kinesis counts it. */
export function size({ data, partitionKey: key }: ProducerRecord): number {
  return data.length + Buffer.byteLength(key);
}

/**
 * Groups records by the limits of a call. With a rate the groups are smaller, at most ten calls a second, so that records
 * arrive evenly.
 */
export async function* batches(
  records: AsyncIterable<ProducerRecord> | Iterable<ProducerRecord>,
  ratePerSecond?: number,
): AsyncGenerator<ProducerRecord[]> {
  const most =
    ratePerSecond === undefined
      ? MAX_BATCH_RECORDS
      : Math.min(MAX_BATCH_RECORDS, Math.max(1, Math.ceil(ratePerSecond / 10)));
  let batch: ProducerRecord[] = [];
  let bytes = 0;
  for await (const record of records) {
    const more = size(record);
    if (batch.length > 0 && (batch.length >= most || bytes + more > MAX_BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += more;
  }
  if (batch.length > 0) {
    yield batch;
  }
}
