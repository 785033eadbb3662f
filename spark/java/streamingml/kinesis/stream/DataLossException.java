package streamingml.kinesis.stream;

/**
 * Records that were planned, or should have been, cannot be read any more. Nothing passes over them silently: the
 * message says which records and what to do.
 */
public final class DataLossException extends StreamException {

  private static final long serialVersionUID = 1L;

  public DataLossException(String message) {
    super(message);
  }
}
