package streamingml.kinesis.planning;

import java.time.Duration;

/**
 * What bounds a micro-batch.
 *
 * @param span stream time it may cover of a shard at the least; it grows while a backlog is read in time
 * @param batch how long a micro-batch should take: the trigger's interval
 */
public record PlannerOptions(Duration span, Duration batch) {
  public PlannerOptions {
    if (span.compareTo(Duration.ZERO) <= 0 || batch.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException(
        "Expected a span and a duration of more than 0, received " + span + " and " + batch + "."
      );
    }
  }
}
