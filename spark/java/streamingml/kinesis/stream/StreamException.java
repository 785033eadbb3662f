package streamingml.kinesis.stream;

/** An error of Kinesis, in one sentence that names the stream and what to do. */
public class StreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StreamException(String message) {
    super(message);
  }

  public StreamException(String message, Throwable cause) {
    super(message, cause);
  }
}
