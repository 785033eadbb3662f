package streamingml.kinesis.stream;

/** Records have expired before they were read, or may have: the message says which, and what to do. */
public final class DataLossException extends StreamException {

  private static final long serialVersionUID = 1L;

  public DataLossException(String message) {
    super(message);
  }
}
