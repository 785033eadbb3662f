package streamingml.kinesis.reading;

import java.time.Duration;

/** Waits for Kinesis with exponential backoff, up to a total time. */
final class Patience {

  private final Duration first;
  private final Duration longest;
  private final Duration total;
  private Duration next;
  private Duration waited = Duration.ZERO;

  /**
   * Creates it.
   *
   * @param first the first pause; each further one is twice as long
   * @param longest no pause is longer
   * @param total maximum sum of all pauses
   */
  Patience(Duration first, Duration longest, Duration total) {
    this.first = first;
    this.longest = longest;
    this.total = total;
    next = first;
  }

  /** Whether the total time is used up. */
  boolean isOver() {
    return waited.compareTo(total) >= 0;
  }

  /** Waits once. */
  void pause(TaskClock clock) throws InterruptedException {
    clock.pause(next);
    waited = waited.plus(next);
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /** Resets the pauses after progress. */
  void renew() {
    next = first;
    waited = Duration.ZERO;
  }
}
