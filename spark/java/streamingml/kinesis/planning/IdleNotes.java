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
 * Records in an offset that idle shards were read to their newest record. Without that, a restart could not distinguish a
 * shard whose last record expired long ago from one that has lost records since. Every change of an offset causes a
 * micro-batch, so this is done rarely, and for all shards together.
 */
final class IdleNotes {

  /** How often this is done, as a share of the retention. */
  private static final int SHARE = 4;

  private IdleNotes() {}

  /**
   * Records when shards were idle, if one of them was not recorded for too long.
   *
   * @param idle when each idle shard was last read to its tip
   * @param since when this planner started
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
