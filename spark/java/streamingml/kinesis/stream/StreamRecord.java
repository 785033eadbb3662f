package streamingml.kinesis.stream;

import java.time.Instant;

/**
 * One record of a shard, as GetRecords returns it.
 *
 * @param sequenceNumber its position in the shard
 * @param arrivedAt when Kinesis received it, in milliseconds. Approximate: a later record may have an earlier time
 * @param partitionKey the producer's partition key
 * @param data its bytes, up to 10 MiB, as the producer sent them: an aggregated record is not unpacked
 */
public record StreamRecord(
  SequenceNumber sequenceNumber,
  Instant arrivedAt,
  String partitionKey,
  byte[] data
) {
  /** Bytes that count against the limit of a page. */
  public int bytes() {
    return data.length + partitionKey.length();
  }
}
