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
 * Plans the micro-batches of a stream: from the end of one, the end of the next, so that every range of records is known
 * before it is read. Iterators and statistics of the shards are in memory; everything that a restarted query needs is in
 * the offsets. Not thread-safe.
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
  /** Null: planning does not end. */
  private StopAtTip stop;
  private Lag lag = new Lag(Map.of());

  /**
   * Creates a planner without a call to Kinesis.
   *
   * @param client the stream
   * @param clock local clock; it may be wrong
   * @param executor runs all calls, several at the same time, so that the thread of the query can be interrupted
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

  /** Returns where a query without a checkpoint starts: at the oldest record of every shard. */
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
   * @param start its start: the end of the previous one
   * @return the same object if there is nothing to read
   * @throws StreamException the offset belongs to another stream, records may have expired unread, or Kinesis has not
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
   * Checks, once per run, that a planned end belongs to the current stream. A run starts with the ranges that the previous
   * one planned and did not commit; if the stream was recreated, they would seem to have expired.
   *
   * @throws StreamException the offset belongs to another stream
   */
  public void requireStreamOf(StreamOffset end) {
    if (isStreamKnown) {
      return;
    }
    try {
      stream.requireStreamOf(end);
      isStreamKnown = true;
    } catch (UnavailableException error) {
      // The tasks call Kinesis, too, and wait for it.
    }
  }

  /** From now on plans only what had arrived by this moment (Spark's AvailableNow). */
  public void stopAtTip() {
    stop = new StopAtTip(clock, local.instant());
  }

  /**
   * Whether there is nothing more to plan; false without {@link #stopAtTip()}.
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
        // Other threads may still be planning: the next planning must not use their iterators.
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

  /** Idle shards, and when they were found idle. */
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
