package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.planning.ShardPlan.Outcome;

/** Ends planning at what had arrived by a moment: Spark's AvailableNow. */
final class StopAtTip {

  private final ServerClock clock;
  private final Instant local;
  private final Set<String> stopped = new HashSet<>();

  /**
   * Creates it.
   *
   * @param local the moment, by the local clock
   */
  StopAtTip(ServerClock clock, Instant local) {
    this.clock = clock;
    this.local = local;
  }

  /** Whether a shard has come to the moment and is planned no further. */
  boolean isStopped(String shardId) {
    return stopped.contains(shardId);
  }

  /**
   * Takes the plan of a shard.
   *
   * @param now by the local clock
   */
  void follow(String shardId, ShardPlan plan, Instant now) {
    Optional<Instant> moment = clock.now().map(time -> time.minus(Duration.between(local, now)));
    Optional<Instant> arrival = arrival(plan.offset().position());
    boolean isPast =
      moment.isPresent() && arrival.isPresent() && arrival.get().isAfter(moment.get());
    if (plan.outcome() == Outcome.AT_TIP || plan.outcome() == Outcome.ENDED || isPast) {
      stopped.add(shardId);
    }
  }

  private static Optional<Instant> arrival(Position position) {
    if (position instanceof Position.At at) {
      return Optional.of(at.arrivedAt());
    }
    return position instanceof Position.After after ? after.arrival() : Optional.empty();
  }
}
