package streamingml.kinesis.stream;

import java.time.Instant;

/** Where in a shard an iterator begins (Kinesis API reference, GetShardIterator). */
public sealed interface IteratorStart {
  /** TRIM_HORIZON: at the oldest record the shard holds. */
  record TrimHorizon() implements IteratorStart {}

  /** AT_SEQUENCE_NUMBER: at a record; if that has expired, silently at the oldest one there is. */
  record At(SequenceNumber sequenceNumber) implements IteratorStart {}

  /** AFTER_SEQUENCE_NUMBER: behind a record; if that has expired, silently at the oldest one there is. */
  record After(SequenceNumber sequenceNumber) implements IteratorStart {}

  /** AT_TIMESTAMP: at the first record that arrived at or after a moment, which may not lie in the future. */
  record AtTime(Instant time) implements IteratorStart {}
}
