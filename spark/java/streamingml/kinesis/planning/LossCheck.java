package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.stream.DataLossException;

/**
 * Notices that unread records have expired. Kinesis does not say so: an iterator behind a record that has expired
 * begins at the oldest one there is. So a shard is trusted as long as no record that could have followed is older than
 * the stream's retention, or as long as the last record that was read is still there.
 */
final class LossCheck {

  /** Arrival times are approximate, and records expire in blocks. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** What expires within this time is not begun with: it would be gone before it is read, or read again. */
  private static final Duration TOO_SHORT = Duration.ofMinutes(10);

  /** What is begun with instead expires no sooner. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(15);

  private final String stream;
  private final String shardId;
  private final ShardReader reader;

  LossCheck(String stream, String shardId, ShardReader reader) {
    this.stream = stream;
    this.shardId = shardId;
    this.reader = reader;
  }

  /**
   * Requires that nothing has expired between a position and what is read there now.
   *
   * @param start where the shard stood
   * @param readUntil the latest moment up to which everything is known to be read; empty: from the beginning on
   * @param now Kinesis's clock
   * @param retention how long the stream keeps a record
   * @throws DataLossException records have expired, or may have
   */
  void requireNoGap(
    ShardOffset start,
    Optional<Instant> readUntil,
    Instant now,
    Duration retention
  ) {
    if (start.position() instanceof Position.After after) {
      boolean isRecent = readUntil.map(time -> isRecent(time, now, retention)).orElse(false);
      if (!isRecent && !reader.holds(after.sequenceNumber())) {
        throw loss(
          "record " + after.sequenceNumber() + ", the last one that was read, has expired",
          readUntil
        );
      }
    } else if (readUntil.isPresent() && !isRecent(readUntil.get(), now, retention)) {
      throw loss("nothing of it was read since", readUntil);
    }
  }

  /**
   * Where to begin instead of a first record that is about to expire; empty when it may be begun with. Asked only of
   * shards nothing was promised of: on a stream that is older than its retention, records expire at any moment.
   *
   * @param firstArrival when the oldest record arrived
   */
  static Optional<Instant> beginning(Instant firstArrival, Instant now, Duration retention) {
    Instant horizon = now.minus(retention);
    return firstArrival.isBefore(horizon.plus(TOO_SHORT))
      ? Optional.of(horizon.plus(LONG_ENOUGH))
      : Optional.empty();
  }

  /** The sentence for a shard that is no longer listed. */
  DataLossException gone() {
    return loss("the shard is closed and no longer listed", Optional.empty());
  }

  private static boolean isRecent(Instant time, Instant now, Duration retention) {
    return time.plus(retention).minus(MARGIN).isAfter(now);
  }

  private DataLossException loss(String what, Optional<Instant> readUntil) {
    return new DataLossException(
      "Records of stream " +
        stream +
        " may have expired before they were read: of shard " +
        shardId +
        " " +
        what +
        readUntil.map(time -> " (everything was read until " + time + ")").orElse("") +
        ". Nothing is skipped silently: begin with a new job.generation, which reads from the oldest record on"
    );
  }
}
