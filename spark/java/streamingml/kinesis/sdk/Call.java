package streamingml.kinesis.sdk;

import streamingml.kinesis.stream.StreamException;
import streamingml.relocated.software.amazon.awssdk.core.exception.SdkException;

/**
 * A call, for messages.
 *
 * @param operation name of the operation, such as {@code GetRecords}
 * @param stream name of the stream
 * @param place where the stream should be, such as {@code region eu-west-1}
 */
record Call(String operation, String stream, String place) {
  /** Returns the exception for a failure that a retry does not change. */
  StreamException failed(String sentence, SdkException error) {
    return new StreamException(
      "%s failed. %s (%s)".formatted(this, sentence, error.getMessage()),
      error
    );
  }

  /** Operation, stream and place. */
  @Override
  public String toString() {
    return "%s of stream \"%s\" in %s".formatted(operation, stream, place);
  }
}
