package streamingml.kinesis.stream;

/** An iterator was used more than five minutes after it was created. */
public final class ExpiredIteratorException extends StreamException {

  private static final long serialVersionUID = 1L;

  public ExpiredIteratorException(String message, Throwable cause) {
    super(message, cause);
  }
}
