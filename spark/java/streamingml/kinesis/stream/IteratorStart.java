package streamingml.kinesis.stream;

import java.time.Instant;

/** Where in a shard an iterator begins (Kinesis API reference, GetShardIterator). */
public sealed interface IteratorStart {
  /** TRIM_HORIZON: at the oldest record of the shard. */
  record TrimHorizon() implements IteratorStart {}

  /** AT_SEQUENCE_NUMBER: at a record; if it has expired, silently at the oldest existing one. */
  record At(SequenceNumber sequenceNumber) implements IteratorStart {}

  /** AFTER_SEQUENCE_NUMBER: after a record; if it has expired, silently at the oldest existing one. */
  record After(SequenceNumber sequenceNumber) implements IteratorStart {}

  /** AT_TIMESTAMP: at the first record that arrived at or after a time, which must not be in the future. */
  record AtTime(Instant time) implements IteratorStart {}
}
