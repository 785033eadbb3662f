package streamingml.kinesis.planning;

import java.io.Serializable;
import streamingml.kinesis.stream.SequenceNumber;

/**
 * Records of one shard that a micro-batch reads: the same ones however often and wherever they are read.
 *
 * @param shardId the shard
 * @param from first record of the range
 * @param end where the range ends, never in front of {@code from}
 */
public record ShardRange(
  String shardId,
  SequenceNumber from,
  RangeEnd end
) implements Serializable {}
