package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.ModelQuery.Delivered;
import streamingml.kinesis.stream.StreamRecord;

/** How much a micro-batch covers, and how much is read to plan it. */
final class BatchBoundsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final PlannerOptions OPTIONS = new PlannerOptions(Duration.ofSeconds(10), SECOND);

  private final ModelTime time = new ModelTime();
  private final ModelKinesis kinesis = new ModelKinesis(time, new Conditions(), 1, 1);
  private final ModelStream stream = kinesis.stream();
  private final ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);

  @BeforeEach
  void start() throws InterruptedException {
    query.start();
  }

  @Test
  void boundsABatchByItsSpanWhileBatchesOverrun() throws InterruptedException {
    stream.put(60_000, 100, Duration.ofMillis(10));
    while (query.unread() > 1_000) {
      // Longer than any micro-batch may take, with any lag.
      time.advance(Duration.ofSeconds(31));
      for (Delivered delivered : query.trigger()) {
        assertTrue(
          covered(delivered).compareTo(OPTIONS.span()) <= 0,
          () -> "" + covered(delivered)
        );
      }
    }
  }

  @Test
  void coversMoreInABatchWhileBatchesEndEarly() throws InterruptedException {
    stream.put(36_000, 100, Duration.ofSeconds(1));
    assertTrue(query.readAll(SECOND, 40) < 40);
    // Backlog is over: a batch may cover no more than at first, once it has overrun.
    // The first page has some seconds of records of this size, so that the span is the limit.
    stream.put(20_000, 4_000, Duration.ofMillis(100));
    for (int trigger = 0; trigger < 12; trigger++) {
      time.advance(Duration.ofSeconds(5));
      query.trigger();
    }
    stream.put(6_000, 4_000, Duration.ofMillis(100));
    time.advance(Duration.ofSeconds(5));
    for (Delivered delivered : query.trigger()) {
      assertTrue(
        covered(delivered).compareTo(Duration.ofMinutes(1)) < 0,
        () -> "" + covered(delivered)
      );
    }
  }

  private static Duration covered(Delivered delivered) {
    List<StreamRecord> records = delivered.records();
    Instant first = records.get(0).arrivedAt();
    return Duration.between(first, records.get(records.size() - 1).arrivedAt());
  }

  @Test
  void readsLittleToPlanWhereRecordsAreLarge() throws InterruptedException {
    stream.put(100, 1 << 20, Duration.ofMillis(500));
    // Nothing is known of the first page's records; it is 10 MiB, as much as Kinesis gives.
    query.trigger();
    while (query.unread() > 0) {
      time.advance(Duration.ofSeconds(3));
      long before = kinesis.calls().bytes();
      List<Delivered> batch = query.trigger();
      long read = batch
        .stream()
        .mapToLong(delivered -> delivered.counts().fetchedBytes())
        .sum();
      long planned = kinesis.calls().bytes() - before - read;
      assertTrue(planned <= 4 << 20, () -> planned + " bytes");
    }
  }
}
