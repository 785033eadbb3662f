package streamingml.kinesis.stream;

/** Kinesis could not answer now: it throttles, has an internal error, or cannot be reached. Retry the call later. */
public final class UnavailableException extends StreamException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
