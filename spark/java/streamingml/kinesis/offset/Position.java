package streamingml.kinesis.offset;

import java.time.Instant;
import java.util.Optional;
import streamingml.kinesis.stream.SequenceNumber;

/** A position in a shard: between the records that were planned into micro-batches and all others. */
public sealed interface Position {
  /** When the record at the position arrived; empty without a record, or if only its number is known. */
  default Optional<Instant> arrival() {
    return Optional.empty();
  }

  /** Before the oldest record of the shard. */
  record TrimHorizon() implements Position {}

  /**
   * After a record that was read.
   *
   * @param arrival when that record arrived; empty if only its number is known
   */
  record After(SequenceNumber sequenceNumber, Optional<Instant> arrival) implements Position {}

  /**
   * Before a record that was read.
   *
   * @param arrivedAt when that record arrived
   */
  record At(SequenceNumber sequenceNumber, Instant arrivedAt) implements Position {
    @Override
    public Optional<Instant> arrival() {
      return Optional.of(arrivedAt);
    }
  }

  /** After the last record of a closed shard. */
  record End() implements Position {}
}
