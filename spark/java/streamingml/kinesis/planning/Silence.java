package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.UnavailableException;

/** Detects that no shard answers any more: such a query looks idle, and idle queries count as healthy. */
final class Silence {

  private static final Duration MOST = Duration.ofSeconds(30);

  /** No calls are made during a long micro-batch: two failures around it do not mean that all calls would have failed. */
  private static final Duration MOST_AT_ONCE = Duration.ofSeconds(2);

  private Duration silence = Duration.ZERO;
  /** Since when no call was answered; null if the last one was. */
  private Instant refusedAt;

  /**
   * Takes the results of planning all shards.
   *
   * @throws StreamException no shard has answered for half a minute
   */
  void requireAnswer(String stream, Collection<ShardPlan> plans, Instant now) {
    boolean isSilent = plans.stream().allMatch(plan -> plan.refusal().isPresent());
    Optional<UnavailableException> refusal = plans
      .stream()
      .flatMap(plan -> plan.refusal().stream())
      .findFirst();
    requireAnswer(stream, isSilent ? refusal : Optional.empty(), now);
  }

  /**
   * Takes the result of a call to Kinesis.
   *
   * @param refusal why it failed; empty if it succeeded
   * @throws StreamException no shard has answered for half a minute
   */
  void requireAnswer(String stream, Optional<UnavailableException> refusal, Instant now) {
    if (refusal.isEmpty()) {
      silence = Duration.ZERO;
      refusedAt = null;
      return;
    }
    if (refusedAt != null) {
      Duration more = Duration.between(refusedAt, now);
      silence = silence.plus(more.compareTo(MOST_AT_ONCE) < 0 ? more : MOST_AT_ONCE);
    }
    refusedAt = now;
    if (silence.compareTo(MOST) > 0) {
      throw new StreamException(
        "No shard of stream " +
          stream +
          " has answered for " +
          silence.toSeconds() +
          " seconds: " +
          refusal.get().getMessage(),
        refusal.get()
      );
    }
  }
}
