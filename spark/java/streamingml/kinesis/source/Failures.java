package streamingml.kinesis.source;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamingml.kinesis.stream.StreamException;

/**
 * Makes failures readable. Reports show the innermost cause, for example of the AWS SDK or a parser, but the outer message
 * says what to do: so causes are logged, and Spark gets only the outer message.
 */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * Runs an action on the thread of the query.
   *
   * @throws StreamException Kinesis or the checkpoint caused a failure; without a cause
   * @throws UncheckedIOException the query was stopped; Spark accepts no other form of an interruption
   */
  static <T> T told(Supplier<T> action) {
    try {
      return action.get();
    } catch (StreamException | IllegalArgumentException error) {
      if (isInterruption(error)) {
        throw interrupted();
      }
      throw inOneSentence(error);
    } catch (RuntimeException error) {
      throw isInterruption(error) ? interrupted() : error;
    }
  }

  /** Returns the same failure without its cause, which is logged. */
  static RuntimeException inOneSentence(RuntimeException error) {
    if (error.getCause() == null) {
      return error;
    }
    LOG.warn("Kinesis source: {}", error.getMessage(), error);
    StreamException plain = new StreamException(error.getMessage());
    plain.setStackTrace(error.getStackTrace());
    return plain;
  }

  private static boolean isInterruption(Throwable error) {
    boolean isCause = false;
    for (Throwable cause = error; cause != null && !isCause; cause = cause.getCause()) {
      isCause = cause instanceof InterruptedException || cause instanceof InterruptedIOException;
    }
    return isCause || Thread.currentThread().isInterrupted();
  }

  private static UncheckedIOException interrupted() {
    return new UncheckedIOException(
      new InterruptedIOException("The query was stopped while it waited for Kinesis.")
    );
  }
}
