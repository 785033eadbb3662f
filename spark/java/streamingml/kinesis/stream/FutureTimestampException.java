package streamingml.kinesis.stream;

import java.time.Instant;
import java.util.Optional;

/** A moment was asked for that Kinesis's clock has not reached. */
public final class FutureTimestampException extends StreamException {

  private static final long serialVersionUID = 1L;

  private final Instant now;

  /**
   * Creates it.
   *
   * @param now Kinesis's clock as the refusal tells it; null where it does not
   */
  public FutureTimestampException(String message, Instant now, Throwable cause) {
    super(message, cause);
    this.now = now;
  }

  /** Kinesis's clock, where the refusal told it. */
  public Optional<Instant> now() {
    return Optional.ofNullable(now);
  }
}
