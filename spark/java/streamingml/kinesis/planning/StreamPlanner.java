package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.planning.ShardPlan.Outcome;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.kinesis.stream.UnavailableException;

/**
 * Plans the micro-batches of a stream: from the end of one, the end of the next, so that every range of records is
 * known before it is read. Holds iterators and what was learnt of the shards in memory; everything that a successor
 * needs stands in the offsets. Not safe for use by several threads.
 */
public final class StreamPlanner {

  private final StreamClient client;
  private final InstantSource local;
  private final ConcurrentCalls calls;
  private final DescribedStream stream;
  private final ShardList list;
  private final ServerClock clock;
  private final Span span;
  private final Silence silence = new Silence();
  private final Map<String, ShardPlanner> planners = new HashMap<>();
  private final Instant startedAt;

  private boolean isStreamKnown;
  private Instant plannedAt;
  private boolean wasCut;
  /** Null: planning goes on for ever. */
  private StopAtTip stop;
  private Lag lag = new Lag(Map.of());

  /**
   * Creates a planner without asking Kinesis anything.
   *
   * @param client the stream
   * @param clock local clock; it may be wrong
   * @param executor makes all calls, several at the same time, so that the thread of the query can be interrupted
   */
  public StreamPlanner(
    StreamClient client,
    PlannerOptions options,
    InstantSource clock,
    Executor executor
  ) {
    this.client = client;
    calls = new ConcurrentCalls(executor);
    stream = new DescribedStream(client, calls, clock);
    local = clock;
    list = new ShardList(() -> calls.one(client::shards), clock);
    this.clock = new ServerClock(clock);
    span = new Span(options);
    startedAt = clock.instant();
  }

  /** Returns where a query without a checkpoint begins: at the oldest record of every shard. */
  public StreamOffset initial() {
    StreamSummary summary = stream.summary();
    return new StreamOffset(
      summary.name(),
      summary.createdAt(),
      ShardGraph.initial(calls.one(client::shards))
    );
  }

  /**
   * Returns the end of the next micro-batch.
   *
   * @param start its beginning: the end of the one before
   * @return the same object when there is nothing to read
   * @throws StreamException the offset is another stream's, records may have expired unread, or Kinesis has not
   *     answered for half a minute
   */
  public StreamOffset plan(StreamOffset start) {
    learnFromLastBatch();
    try {
      stream.requireStreamOf(start);
    } catch (UnavailableException error) {
      silence.requireAnswer(start.stream(), Optional.of(error), plannedAt);
      return start;
    }
    Map<String, ShardOffset> shards = new TreeMap<>(start.shards());
    ShardGraph.follow(shards, list::ask);
    Map<String, ShardPlan> plans = planShards(shards);
    silence.requireAnswer(start.stream(), plans.values(), plannedAt);
    Map<String, Instant> idle = idle(shards, plans);
    plans.forEach((id, plan) -> {
      shards.put(id, plan.offset());
      ShardGraph.adopt(shards, plan.children());
    });
    IdleNotes.write(shards, idle, startedAt, stream.summary().retention());
    remember(plans);
    return shards.equals(start.shards())
      ? start
      : new StreamOffset(start.stream(), start.streamCreatedAt(), shards);
  }

  /**
   * Requires, once a run, that a planned end is of the stream that is there. A run begins with the ranges that the one
   * before planned and did not commit; of a stream that was made anew they would seem to have expired.
   *
   * @throws StreamException the offset is another stream's
   */
  public void requireStreamOf(StreamOffset end) {
    if (isStreamKnown) {
      return;
    }
    try {
      stream.requireStreamOf(end);
      isStreamKnown = true;
    } catch (UnavailableException error) {
      // The tasks ask the same Kinesis, and wait for it.
    }
  }

  /** From now on plans only what had arrived by this moment (Spark's AvailableNow). */
  public void stopAtTip() {
    stop = new StopAtTip(clock, local.instant());
  }

  /**
   * Whether there will be nothing more to plan. Only after {@link #stopAtTip()}; without it, never.
   *
   * @param offset the end of the last micro-batch
   */
  public boolean isDone(StreamOffset offset) {
    return stop != null && stop.isDone(offset.shards());
  }

  /** How far the last plan is behind the newest records. */
  public Lag lag() {
    return lag;
  }

  private Map<String, ShardPlan> planShards(Map<String, ShardOffset> shards) {
    Map<String, Supplier<ShardPlan>> plannings = new TreeMap<>();
    Duration retention = stream.summary().retention();
    Duration length = span.current();
    shards.forEach((id, shard) -> {
      if (ShardGraph.isActive(shard) && (stop == null || !stop.isStopped(id))) {
        ShardPlanner planner = planners.computeIfAbsent(id, this::shardPlanner);
        plannings.put(id, () -> planner.plan(shard, length, retention));
      }
    });
    try {
      return calls.all(plannings);
    } catch (StreamException error) {
      if (Thread.currentThread().isInterrupted()) {
        // Some may still plan, on other threads: whoever plans again must not share their iterators.
        planners.clear();
      }
      throw error;
    }
  }

  private ShardPlanner shardPlanner(String shardId) {
    return new ShardPlanner(client, stream.summary().name(), shardId, clock);
  }

  private void learnFromLastBatch() {
    Instant now = local.instant();
    if (plannedAt != null) {
      Duration behind = lag.furthest().map(Map.Entry::getValue).orElse(Duration.ZERO);
      span.learn(Duration.between(plannedAt, now), wasCut, behind);
    }
    plannedAt = now;
  }

  private void remember(Map<String, ShardPlan> plans) {
    wasCut = plans
      .values()
      .stream()
      .anyMatch(plan -> plan.outcome() == Outcome.CUT);
    lag = new Lag(
      plans
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, plan -> plan.getValue().behind()))
    );
    planners.keySet().retainAll(plans.keySet());
    if (stop != null) {
      plans.forEach((id, plan) -> stop.follow(id, plan, plannedAt));
    }
  }

  /** Shards that stand still because nothing is unread, and when that was seen. */
  private Map<String, Instant> idle(Map<String, ShardOffset> shards, Map<String, ShardPlan> plans) {
    Map<String, Instant> idle = new HashMap<>();
    plans.forEach((id, plan) -> {
      if (plan.outcome() == Outcome.AT_TIP && plan.offset().equals(shards.get(id))) {
        planners
          .get(id)
          .tipSeenAt()
          .ifPresent(seen -> idle.put(id, seen));
      }
    });
    return idle;
  }
}
