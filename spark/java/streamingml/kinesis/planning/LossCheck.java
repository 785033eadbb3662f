package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.stream.DataLossException;

/**
 * Detects that unread records have expired. Kinesis does not report that: an iterator after an expired record starts at
 * the oldest record that exists. So no record is lost as long as no possible next record is older than the stream's
 * retention, or as long as the last record that was read still exists.
 */
final class LossCheck {

  /** Arrival times are approximate, and records expire in blocks. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** Reading does not start with records that expire within this time: they could expire before a replay. */
  private static final Duration TOO_SHORT = Duration.ofMinutes(10);

  /** Reading starts with records that expire after this time. */
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
   * Checks that no record has expired between a position and the record that is read there now.
   *
   * @param start position of the shard
   * @param readUntil the latest time up to which all records were read; empty: from the beginning
   * @param now Kinesis's clock
   * @param retention retention period of the stream
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
      throw loss("no record of it was read since", readUntil);
    }
  }

  /**
   * Returns where to start instead of a first record that is about to expire; empty if reading may start with it. Used
   * only for shards without planned records: in a stream that is older than its retention, records expire all the time.
   *
   * @param firstArrival when the oldest record arrived
   */
  static Optional<Instant> beginning(Instant firstArrival, Instant now, Duration retention) {
    Instant horizon = now.minus(retention);
    return firstArrival.isBefore(horizon.plus(TOO_SHORT))
      ? Optional.of(horizon.plus(LONG_ENOUGH))
      : Optional.empty();
  }

  /** The message for a shard that is no longer listed. */
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
        ". Nothing is skipped silently: begin with a new job.generation, which reads from the oldest record"
    );
  }
}
