package streamingml.kinesis.stream;

/** Kinesis could not answer now: it throttles, has an error of its own, or cannot be reached. The same call may pass later. */
public final class UnavailableException extends StreamException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
