package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A lower bound of Kinesis's clock. The local clock may be wrong by any amount; each response has Kinesis's own time,
 * truncated to seconds, and for some responses the truncation is small. So the largest difference within some minutes is
 * the best lower bound. Thread-safe.
 */
final class ServerClock {

  /** Differences older than one or two of these periods are dropped, because clocks drift. */
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final InstantSource local;
  private Duration current;
  private Duration previous;
  private Instant windowStart = Instant.EPOCH;

  ServerClock(InstantSource local) {
    this.local = local;
  }

  /** The time that Kinesis's clock has certainly reached; empty before the first response. */
  synchronized Optional<Instant> now() {
    Duration difference = larger(current, previous);
    return difference == null ? Optional.empty() : Optional.of(local.instant().plus(difference));
  }

  /** How long ago a time was; zero if it may be in the future. */
  Duration age(Instant moment) {
    return now()
      .map(now -> Duration.between(moment, now))
      .filter(age -> !age.isNegative())
      .orElse(Duration.ZERO);
  }

  /** Takes the time of a response, immediately after it arrived. */
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
   * Corrects the bound: Kinesis said that a time was in the future.
   *
   * @param now its clock, if the error contains it
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
