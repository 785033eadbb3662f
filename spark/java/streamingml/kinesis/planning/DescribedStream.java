package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.kinesis.stream.UnavailableException;

/** Kinesis's description of the stream, and whether a checkpoint belongs to it. */
final class DescribedStream {

  /** The retention may be changed while the job runs. */
  private static final Duration SUMMARY_AGE = Duration.ofMinutes(10);

  private final StreamClient client;
  private final ConcurrentCalls calls;
  private final InstantSource clock;

  private StreamSummary summary;
  private Instant summaryAt;

  /** Creates it without a call to Kinesis. */
  DescribedStream(StreamClient client, ConcurrentCalls calls, InstantSource clock) {
    this.client = client;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Returns Kinesis's description of the stream, some minutes old at most.
   *
   * @throws UnavailableException Kinesis has not answered yet
   */
  StreamSummary summary() {
    Instant now = clock.instant();
    if (summary == null) {
      summary = calls.one(client::summary);
      summaryAt = now;
    } else if (summaryAt.plus(SUMMARY_AGE).isBefore(now)) {
      summaryAt = now;
      try {
        summary = calls.one(client::summary);
      } catch (UnavailableException error) {
        // The known description is good enough for a while.
      }
    }
    return summary;
  }

  /**
   * Checks that positions belong to this stream, and not to another one with the same name.
   *
   * @throws StreamException they belong to another stream
   */
  void requireStreamOf(StreamOffset offset) {
    StreamSummary stream = summary();
    if (!offset.stream().equals(stream.name())) {
      throw new StreamException(
        "The checkpoint holds positions of stream " +
          offset.stream() +
          ", and the job reads stream " +
          stream.name() +
          ": begin with a new job.generation, or set the former stream again"
      );
    }
    if (!offset.streamCreatedAt().equals(stream.createdAt())) {
      throw new StreamException(
        "The checkpoint holds positions of a stream " +
          stream.name() +
          " that was created at " +
          offset.streamCreatedAt() +
          ", and the current one was created at " +
          stream.createdAt() +
          ": begin with a new job.generation, which reads it from its oldest record"
      );
    }
  }
}
