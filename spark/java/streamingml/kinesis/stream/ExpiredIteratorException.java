package streamingml.kinesis.stream;

/** An iterator was used more than five minutes after Kinesis gave it. */
public final class ExpiredIteratorException extends StreamException {

  private static final long serialVersionUID = 1L;

  public ExpiredIteratorException(String message, Throwable cause) {
    super(message, cause);
  }
}
