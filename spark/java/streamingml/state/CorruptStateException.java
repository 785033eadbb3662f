package streamingml.state;

import java.io.IOException;

/** A problem with the content of a file; the caller adds the name of the file. */
final class CorruptStateException extends IOException {

  private static final long serialVersionUID = 1L;

  CorruptStateException(String problem) {
    super(problem);
  }
}
