package streamingml.kinesis.planning;

import java.time.Duration;

/**
 * How much stream time a micro-batch may cover of each shard. A backlog is read in ever longer steps as long as each
 * is done in time, and in shorter ones when one was not. But a micro-batch costs a fixed time, too, whatever it holds:
 * a step that is not well longer than what it takes would never catch up, so it grows even then.
 */
final class Span {

  static final Duration MOST = Duration.ofHours(1);

  /** A trigger fires on time or a little later: so many times its interval is in time. */
  private static final double IN_TIME = 1.25;

  private static final double OVERRUN = 2;

  /**
   * Who is far behind gains nothing from short micro-batches, and pays for each: one may take this share of what the
   * job is behind.
   */
  private static final int SHARE_OF_BACKLOG = 8;

  /** A step that covers this many times what it takes catches up. */
  private static final double CATCHING_UP = 2;

  /** A micro-batch that takes longer is cut shorter even where that does not catch up: it is the records that cost. */
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
   * Learns from the micro-batch that has just ended.
   *
   * @param taken time since it was planned
   * @param cut whether the span was what bounded it
   * @param behind age of what was unread when it was planned
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

  /** Twice as much, and four times where even that would be done in the time it may take: each step has its price. */
  private static int growth(Duration taken, Duration mayTake) {
    return taken.multipliedBy(4).compareTo(mayTake) <= 0 ? 4 : 2;
  }

  /** Whether the trigger was kept, or twice as much would be done in the time it may take. */
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
