package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.planning.ShardPlan.Outcome;

/** Ends planning at the records that had arrived by a time: Spark's AvailableNow. */
final class StopAtTip {

  private final ServerClock clock;
  private final Instant local;
  private final Set<String> stopped = new HashSet<>();

  /**
   * Creates it.
   *
   * @param local the time, by the local clock
   */
  StopAtTip(ServerClock clock, Instant local) {
    this.clock = clock;
    this.local = local;
  }

  /** Whether a shard has reached the time and is not planned further. */
  boolean isStopped(String shardId) {
    return stopped.contains(shardId);
  }

  /**
   * Whether all records that had arrived by the time are planned. A shard that has not reached it and does not move got no
   * response, or its children must still be found.
   *
   * @param shards offsets of all shards
   */
  boolean isDone(Map<String, ShardOffset> shards) {
    Set<String> awaited = ShardGraph.awaited(shards);
    return shards
      .entrySet()
      .stream()
      .allMatch(entry -> {
        ShardOffset shard = entry.getValue();
        if (shard.isFinished()) {
          return awaited.contains(entry.getKey());
        }
        // A shard that waits for its parents has nothing to read yet.
        return shard.waitsFor().isEmpty()
          ? isStopped(entry.getKey())
          : shard
              .waitsFor()
              .stream()
              .anyMatch(parent -> shards.containsKey(parent) && !shards.get(parent).isFinished());
      });
  }

  /**
   * Takes the plan of a shard.
   *
   * @param now by the local clock
   */
  void follow(String shardId, ShardPlan plan, Instant now) {
    Optional<Instant> moment = clock.now().map(time -> time.minus(Duration.between(local, now)));
    Optional<Instant> arrival = plan.offset().position().arrival();
    boolean isPast =
      moment.isPresent() && arrival.isPresent() && arrival.get().isAfter(moment.get());
    if (plan.outcome() == Outcome.AT_TIP || isPast) {
      stopped.add(shardId);
    }
  }
}
