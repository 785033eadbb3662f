package streamingml.kinesis.stream;

/** Records expired before they were read, or may have: the sentence says which and what to do. */
public final class DataLossException extends StreamException {

  private static final long serialVersionUID = 1L;

  public DataLossException(String message) {
    super(message);
  }
}
