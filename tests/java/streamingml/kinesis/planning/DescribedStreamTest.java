package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.kinesis.stream.UnavailableException;

final class DescribedStreamTest {

  private static final Instant CREATED_AT = ModelTime.BEGINNING;
  private static final Duration DAY = Duration.ofDays(1);

  private final ModelTime time = new ModelTime();
  private final Description kinesis = new Description();
  private final DescribedStream stream = new DescribedStream(
    kinesis,
    new ConcurrentCalls(Runnable::run),
    time
  );

  @Test
  void asksNothingUntilItIsAsked() {
    assertEquals(0, kinesis.asked);
  }

  @Test
  void remembersTheDescriptionForTenMinutes() {
    assertEquals(DAY, stream.summary().retention());
    kinesis.retention = DAY.multipliedBy(7);
    time.advance(Duration.ofMinutes(10));
    assertEquals(DAY, stream.summary().retention());
    assertEquals(1, kinesis.asked);
    time.advance(Duration.ofMillis(1));
    assertEquals(DAY.multipliedBy(7), stream.summary().retention());
    stream.summary();
    assertEquals(2, kinesis.asked);
  }

  @Test
  void keepsTheDescriptionForTenMinutesMoreWhenKinesisDoesNotAnswer() {
    stream.summary();
    kinesis.isAway = true;
    time.advance(Duration.ofMinutes(11));
    assertEquals(DAY, stream.summary().retention());
    kinesis.isAway = false;
    kinesis.retention = DAY.multipliedBy(7);
    time.advance(Duration.ofMinutes(10));
    assertEquals(DAY, stream.summary().retention());
    assertEquals(2, kinesis.asked);
    time.advance(Duration.ofMillis(1));
    assertEquals(DAY.multipliedBy(7), stream.summary().retention());
  }

  @Test
  void doesNotAnswerForAStreamThatWasNeverDescribed() {
    kinesis.isAway = true;
    assertThrows(UnavailableException.class, stream::summary);
    kinesis.isAway = false;
    assertEquals(DAY, stream.summary().retention());
  }

  @Test
  void takesPositionsOfTheStreamThatIsThere() {
    stream.requireStreamOf(offset("events", CREATED_AT));
    assertEquals(1, kinesis.asked);
  }

  @Test
  void refusesPositionsOfAnotherStream() {
    assertRefused(
      offset("clicks", CREATED_AT),
      "The checkpoint holds positions of stream clicks, and the job reads stream events: begin with a new " +
        "job.generation, or set the former stream again"
    );
  }

  @Test
  void refusesPositionsOfAFormerStreamOfTheSameName() {
    assertRefused(
      offset("events", CREATED_AT.minusMillis(1)),
      "The checkpoint holds positions of a stream events that was created at 2026-11-29T04:59:59.999Z, and the " +
        "current one was created at 2026-11-29T05:00:00Z: begin with a new job.generation, which reads it from its " +
        "oldest record"
    );
  }

  private void assertRefused(StreamOffset offset, String message) {
    StreamException refusal = assertThrows(StreamException.class, () ->
      stream.requireStreamOf(offset)
    );
    assertEquals(message, refusal.getMessage());
  }

  private static StreamOffset offset(String name, Instant createdAt) {
    return new StreamOffset(name, createdAt, Map.of());
  }

  /** Kinesis, of which nothing but a description is asked. */
  private static final class Description implements StreamClient {

    private int asked;
    private boolean isAway;
    private Duration retention = DAY;

    @Override
    public StreamSummary summary() {
      asked++;
      if (isAway) {
        throw new UnavailableException("Kinesis is away", null);
      }
      return new StreamSummary("events", CREATED_AT, retention);
    }

    @Override
    public List<Shard> shards() {
      throw new AssertionError("Nobody should ask for shards.");
    }

    @Override
    public String iterator(String shardId, IteratorStart start) {
      throw new AssertionError("Nobody should ask for an iterator.");
    }

    @Override
    public Page records(String iterator, int limit) {
      throw new AssertionError("Nobody should read.");
    }
  }
}
