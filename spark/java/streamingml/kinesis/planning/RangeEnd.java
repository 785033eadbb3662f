package streamingml.kinesis.planning;

import java.io.Serializable;
import java.time.Instant;
import streamingml.kinesis.stream.SequenceNumber;

/** Where a range of records ends. Every end is a record that was seen, or the end of a closed shard. */
public sealed interface RangeEnd extends Serializable {
  /**
   * Behind a record: the range holds it.
   *
   * @param last last record of the range
   */
  record Through(SequenceNumber last) implements RangeEnd {}

  /**
   * In front of a record: the range does not hold it.
   *
   * @param first first record behind the range
   * @param arrivedAt when that record arrived
   */
  record Before(SequenceNumber first, Instant arrivedAt) implements RangeEnd {}

  /** Behind the last record of a closed shard. */
  record ShardEnd() implements RangeEnd {}
}
