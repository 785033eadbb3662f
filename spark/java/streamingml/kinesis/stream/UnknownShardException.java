package streamingml.kinesis.stream;

/** The stream does not list the shard: it was closed, and all its records have expired. */
public final class UnknownShardException extends StreamException {

  private static final long serialVersionUID = 1L;

  public UnknownShardException(String message, Throwable cause) {
    super(message, cause);
  }
}
