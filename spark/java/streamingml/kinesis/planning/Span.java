package streamingml.kinesis.planning;

import java.time.Duration;

/**
 * The stream time that a micro-batch may cover per shard. A backlog is read in longer and longer steps as long as each is
 * finished in time, and in shorter ones otherwise. But every micro-batch also has a fixed cost: a step that is not much
 * longer than its duration would never catch up, so it grows even then.
 */
final class Span {

  static final Duration MOST = Duration.ofHours(1);

  /** A micro-batch is in time up to this multiple of the trigger interval, because triggers may be a little late. */
  private static final double IN_TIME = 1.25;

  private static final double OVERRUN = 2;

  /**
   * A job that is far behind gains nothing from short micro-batches, which have a fixed cost: one may take this share of
   * the lag.
   */
  private static final int SHARE_OF_BACKLOG = 8;

  /** A step that covers this multiple of its duration catches up. */
  private static final double CATCHING_UP = 2;

  /** A micro-batch that takes longer than this is shortened in any case, because its records cause the duration. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

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
   * Adapts the span to the last micro-batch.
   *
   * @param taken time since it was planned
   * @param cut whether the span limited it
   * @param behind age of unread records when it was planned
   */
  void learn(Duration taken, boolean cut, Duration behind) {
    Duration half = current.dividedBy(2);
    Duration share = behind.dividedBy(SHARE_OF_BACKLOG);
    Duration mayTake = longer(times(batch, OVERRUN), shorter(share, LONGEST));
    boolean overran = taken.compareTo(mayTake) > 0;
    boolean isEndless = overran && taken.compareTo(LONGEST) > 0;
    if (!cut || isEndless || (overran && catchesUp(half, taken))) {
      current = longer(half, least);
    } else if (isInTime(taken, mayTake) || !catchesUp(current, taken)) {
      current = longer(shorter(current.multipliedBy(growth(taken, mayTake)), MOST), least);
    }
  }

  /** Doubles the span, or quadruples it if even that would be in time, because each step has a fixed cost. */
  private static int growth(Duration taken, Duration mayTake) {
    return taken.multipliedBy(4).compareTo(mayTake) <= 0 ? 4 : 2;
  }

  /** Whether the micro-batch was in time, or twice as much would be in the allowed time. */
  private boolean isInTime(Duration taken, Duration mayTake) {
    return (
      taken.compareTo(times(batch, IN_TIME)) <= 0 || taken.multipliedBy(2).compareTo(mayTake) <= 0
    );
  }

  private static boolean catchesUp(Duration span, Duration taken) {
    return span.compareTo(times(taken, CATCHING_UP)) >= 0;
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }

  private static Duration shorter(Duration first, Duration second) {
    return first.compareTo(second) <= 0 ? first : second;
  }

  private static Duration longer(Duration first, Duration second) {
    return first.compareTo(second) >= 0 ? first : second;
  }
}
