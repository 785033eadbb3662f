package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;

/**
 * Writes into an offset that idle shards were read to their tip. Without a note a restart could not tell a shard whose
 * last record expired long ago from one that lost records since. Each change of an offset makes a micro-batch, so
 * notes are written rarely, and all together.
 */
final class IdleNotes {

  /** Notes are written once in this share of the retention. */
  private static final int SHARE = 4;

  private IdleNotes() {}

  /**
   * Notes when shards were seen idle, if one of them has not been noted for too long.
   *
   * @param idle when each idle shard was last read to its tip
   * @param since when this planner began to look
   */
  static void write(
    Map<String, ShardOffset> shards,
    Map<String, Instant> idle,
    Instant since,
    Duration retention
  ) {
    Duration most = retention.dividedBy(SHARE);
    boolean isDue = idle
      .entrySet()
      .stream()
      .anyMatch(shard ->
        known(shards.get(shard.getKey())).orElse(since).plus(most).isBefore(shard.getValue())
      );
    if (isDue) {
      idle.forEach((id, seen) -> shards.computeIfPresent(id, (key, shard) -> noted(shard, seen)));
    }
  }

  private static ShardOffset noted(ShardOffset shard, Instant seen) {
    return new ShardOffset(
      shard.position(),
      Optional.empty(),
      Optional.of(seen.truncatedTo(ChronoUnit.SECONDS)),
      List.of()
    );
  }

  private static Optional<Instant> known(ShardOffset shard) {
    if (shard.tipSeenAt().isPresent()) {
      return shard.tipSeenAt();
    }
    return shard.position() instanceof Position.After after ? after.arrival() : Optional.empty();
  }
}
