package streamingml.state;

import java.io.IOException;

/** Says what is wrong with the content of a file; the file is named by who opened it. */
final class CorruptStateException extends IOException {

  private static final long serialVersionUID = 1L;

  CorruptStateException(String problem) {
    super(problem);
  }
}
