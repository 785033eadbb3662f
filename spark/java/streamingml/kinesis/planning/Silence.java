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

  private Instant answeredAt;

  /**
   * Takes what a planning came to.
   *
   * @throws StreamException nothing has answered for half a minute
   */
  void requireAnswer(String stream, Collection<ShardPlan> plans, Instant now) {
    Optional<UnavailableException> refusal = plans
      .stream()
      .flatMap(plan -> plan.refusal().stream())
      .findFirst();
    boolean isSilent = refusal.isPresent() && plans.stream().allMatch(plan -> plan.refusal().isPresent());
    if (!isSilent || answeredAt == null) {
      answeredAt = now;
    }
    Duration silence = Duration.between(answeredAt, now);
    if (silence.compareTo(MOST) > 0) {
      throw new StreamException(
        "No shard of stream " +
        stream +
        " has answered for " +
        silence.toSeconds() +
        " seconds: " +
        refusal.map(Throwable::getMessage).orElse(""),
        refusal.orElse(null)
      );
    }
  }
}
