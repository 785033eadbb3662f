package streamingml.kinesis.planning;

import java.io.Serializable;
import java.time.Instant;
import streamingml.kinesis.stream.SequenceNumber;

/** The end of a range of records: a record that was read, or the end of a closed shard. */
public sealed interface RangeEnd extends Serializable {
  /**
   * After a record, which is in the range.
   *
   * @param last last record of the range
   */
  record Through(SequenceNumber last) implements RangeEnd {}

  /**
   * Before a record, which is not in the range.
   *
   * @param first first record after the range
   * @param arrivedAt when that record arrived
   */
  record Before(SequenceNumber first, Instant arrivedAt) implements RangeEnd {}

  /** After the last record of a closed shard. */
  record ShardEnd() implements RangeEnd {}
}
