package streamingml.kinesis.planning;

import java.time.Duration;

/**
 * The limits of a micro-batch.
 *
 * @param span minimum stream time that it may cover per shard; it grows while a backlog is read in time
 * @param batch how long a micro-batch should take: the trigger interval
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
