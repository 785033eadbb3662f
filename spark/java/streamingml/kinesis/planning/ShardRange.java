package streamingml.kinesis.planning;

import java.io.Serializable;
import streamingml.kinesis.stream.SequenceNumber;

/**
 * The records of one shard that a micro-batch reads: the same ones in every attempt.
 *
 * @param shardId the shard
 * @param from first record of the range
 * @param end end of the range, never before {@code from}
 */
public record ShardRange(
  String shardId,
  SequenceNumber from,
  RangeEnd end
) implements Serializable {}
