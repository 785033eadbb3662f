package streamingml.kinesis.planning;

import java.time.Duration;

/**
 * How much stream time a micro-batch may cover of each shard. A backlog is read in ever longer steps as long as each
 * is done in time, and in shorter ones when one was not.
 */
final class Span {

  static final Duration MOST = Duration.ofHours(1);

  /** A trigger fires on time or a little later: below this share of its interval nothing has overrun. */
  private static final double IN_TIME = 1.25;

  private static final double OVERRUN = 2;

  private final Duration least;
  private final Duration batch;
  private Duration current;

  Span(PlannerOptions options) {
    least = options.span();
    batch = options.batch();
    current = least;
  }

  Duration current() {
    return current;
  }

  /**
   * Learns from the micro-batch that has just ended.
   *
   * @param taken time since it was planned
   * @param cut whether the span was what bounded it
   */
  void learn(Duration taken, boolean cut) {
    if (taken.compareTo(times(batch, OVERRUN)) > 0 || !cut) {
      current = longer(current.dividedBy(2), least);
    } else if (taken.compareTo(times(batch, IN_TIME)) <= 0) {
      Duration doubled = current.multipliedBy(2);
      current = longer(doubled.compareTo(MOST) <= 0 ? doubled : MOST, least);
    }
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }

  private static Duration longer(Duration first, Duration second) {
    return first.compareTo(second) >= 0 ? first : second;
  }
}
