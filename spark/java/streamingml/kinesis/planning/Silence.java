package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.UnavailableException;

/** Notices that no shard answers any more: such a query looks idle, and idle counts as healthy. */
final class Silence {

  private static final Duration MOST = Duration.ofSeconds(30);

  /** Nobody asked during a long micro-batch: two refusals around it tell nothing of the time in between. */
  private static final Duration MOST_AT_ONCE = Duration.ofSeconds(2);

  private Duration silence = Duration.ZERO;
  /** When nothing was answered for the last time; null: something was answered since. */
  private Instant refusedAt;

  /**
   * Takes what a planning of shards came to.
   *
   * @throws StreamException nothing has answered for half a minute
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
   * Takes what asking Kinesis came to.
   *
   * @param refusal why nothing was answered; empty when something was
   * @throws StreamException nothing has answered for half a minute
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
