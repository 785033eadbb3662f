package streamingml.kinesis.offset;

import java.time.Instant;
import java.util.Optional;
import streamingml.kinesis.stream.SequenceNumber;

/** A place in a shard: between the records that were planned into micro-batches and those that were not. */
public sealed interface Position {
  /** When the record that names the place arrived; empty where none does, or only its number is known. */
  default Optional<Instant> arrival() {
    return Optional.empty();
  }

  /** In front of the oldest record the shard holds. */
  record TrimHorizon() implements Position {}

  /**
   * Behind a record that was seen.
   *
   * @param arrival when that record arrived; empty where only its number is known
   */
  record After(SequenceNumber sequenceNumber, Optional<Instant> arrival) implements Position {}

  /**
   * In front of a record that was seen.
   *
   * @param arrivedAt when that record arrived
   */
  record At(SequenceNumber sequenceNumber, Instant arrivedAt) implements Position {
    @Override
    public Optional<Instant> arrival() {
      return Optional.of(arrivedAt);
    }
  }

  /** Behind the last record of a closed shard. */
  record End() implements Position {}
}
