package streamingml.kinesis.stream;

import java.time.Instant;

/**
 * One record of a shard, as GetRecords returns it.
 *
 * @param sequenceNumber its place in the shard
 * @param arrivedAt when Kinesis took it, to the millisecond. Approximate: a later record may carry an earlier time
 * @param partitionKey what its producer chose
 * @param data its bytes, up to 10 MiB, as the producer sent them: an aggregated record is not taken apart
 */
public record StreamRecord(
  SequenceNumber sequenceNumber,
  Instant arrivedAt,
  String partitionKey,
  byte[] data
) {
  /** Bytes that count against the bound of a page. */
  public int bytes() {
    return data.length + partitionKey.length();
  }
}
