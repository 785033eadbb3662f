package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Kinesis's clock, as far as it is certain to have come. The local clock may be off by any amount; each answer carries
 * Kinesis's own time, cut to the second, and of some answers the cut is small. So the largest difference seen within
 * some minutes is the best lower bound. Safe for use by several threads.
 */
final class ServerClock {

  /** Differences older than one or two of these are forgotten, because clocks drift. */
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final InstantSource local;
  private Duration current;
  private Duration previous;
  private Instant windowStart = Instant.EPOCH;

  ServerClock(InstantSource local) {
    this.local = local;
  }

  /** The time that Kinesis's clock has reached for certain; empty before the first answer. */
  synchronized Optional<Instant> now() {
    Duration difference = larger(current, previous);
    return difference == null ? Optional.empty() : Optional.of(local.instant().plus(difference));
  }

  /** How long ago a moment was; zero where it may not have come. */
  Duration age(Instant moment) {
    return now()
      .map(now -> Duration.between(moment, now))
      .filter(age -> !age.isNegative())
      .orElse(Duration.ZERO);
  }

  /** Takes the time that an answer carries, at once after it came. */
  synchronized void observe(Instant answeredAt) {
    Instant received = local.instant();
    if (windowStart.plus(WINDOW).isBefore(received) || received.isBefore(windowStart)) {
      previous = current;
      current = null;
      windowStart = received;
    }
    current = larger(current, Duration.between(received, answeredAt));
  }

  /**
   * Takes back what was believed: Kinesis said that a moment had not come yet.
   *
   * @param now its clock where the refusal told it
   */
  synchronized void correct(Optional<Instant> now) {
    previous = null;
    current = now.map(time -> Duration.between(local.instant(), time)).orElse(null);
  }

  private static Duration larger(Duration first, Duration second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.compareTo(second) >= 0 ? first : second;
  }
}
