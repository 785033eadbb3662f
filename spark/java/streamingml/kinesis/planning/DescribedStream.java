package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.kinesis.stream.UnavailableException;

/** The stream that is there, as Kinesis has described it, and whether a checkpoint is of it. */
final class DescribedStream {

  /** Somebody may change the retention while the job runs. */
  private static final Duration SUMMARY_AGE = Duration.ofMinutes(10);

  private final StreamClient client;
  private final ConcurrentCalls calls;
  private final InstantSource clock;

  private StreamSummary summary;
  private Instant summaryAt;

  /** Asks Kinesis nothing yet. */
  DescribedStream(StreamClient client, ConcurrentCalls calls, InstantSource clock) {
    this.client = client;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Returns what Kinesis says of the stream, or has said some minutes ago.
   *
   * @throws UnavailableException Kinesis has never answered yet
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
        // The one that is known will do for a while.
      }
    }
    return summary;
  }

  /**
   * Requires that positions are of this stream, and not of another one of the same name.
   *
   * @throws StreamException they are another stream's
   */
  void requireStreamOf(StreamOffset offset) {
    StreamSummary stream = summary();
    if (!offset.stream().equals(stream.name())) {
      throw new StreamException(
        "The checkpoint holds positions of stream " +
          offset.stream() +
          ", and the job reads stream " +
          stream.name() +
          ": begin with a new job.generation, or give back the stream"
      );
    }
    if (!offset.streamCreatedAt().equals(stream.createdAt())) {
      throw new StreamException(
        "The checkpoint holds positions of a stream " +
          stream.name() +
          " that was made at " +
          offset.streamCreatedAt() +
          ", and the one that is there was made at " +
          stream.createdAt() +
          ": begin with a new job.generation, which reads it from its oldest record on"
      );
    }
  }
}
