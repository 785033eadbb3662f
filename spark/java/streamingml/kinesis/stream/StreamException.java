package streamingml.kinesis.stream;

/** What Kinesis refused, in one sentence that names the stream and the way out. */
public class StreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StreamException(String message) {
    super(message);
  }

  public StreamException(String message, Throwable cause) {
    super(message, cause);
  }
}
