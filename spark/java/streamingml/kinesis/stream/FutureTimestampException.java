package streamingml.kinesis.stream;

import java.time.Instant;
import java.util.Optional;

/** A call had a timestamp that Kinesis's clock has not reached. */
public final class FutureTimestampException extends StreamException {

  private static final long serialVersionUID = 1L;

  private final Instant now;

  /**
   * Creates it.
   *
   * @param now Kinesis's clock, if the error contains it; else null
   */
  public FutureTimestampException(String message, Instant now, Throwable cause) {
    super(message, cause);
    this.now = now;
  }

  /** Kinesis's clock, if the error contains it. */
  public Optional<Instant> now() {
    return Optional.ofNullable(now);
  }
}
