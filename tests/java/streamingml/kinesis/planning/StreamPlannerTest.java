package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.ModelQuery.Delivered;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamRecord;

/** One trap each: what made a first draft of the planner stall, die, or read without bound. */
final class StreamPlannerTest {

  private static final String SHARD = "shardId-000000000000";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final PlannerOptions OPTIONS = new PlannerOptions(Duration.ofSeconds(10), SECOND);

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions();
  private final ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 1);
  private final ModelStream stream = kinesis.stream();
  private ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);

  @BeforeEach
  void start() throws InterruptedException {
    query.start();
  }

  private void put(int count, int size, Duration apart) {
    for (int index = 0; index < count; index++) {
      stream.put(size);
      time.advance(apart);
    }
  }

  /** Triggers, one a while, until everything is read; returns how many it took. */
  private int readAll(Duration apart, int most) throws InterruptedException {
    int triggers = 0;
    while (query.unread() > 0) {
      assertTrue(triggers++ < most, () -> query.unread() + " records are unread after " + most);
      time.advance(apart);
      query.trigger();
    }
    return triggers;
  }

  @Test
  void crossesADayOfEmptyPagesFromTriggerToTrigger() throws InterruptedException {
    conditions.retention(Duration.ofDays(7)).emptyStretch(Duration.ofMinutes(5));
    put(1, 100, Duration.ofHours(20));
    put(1, 100, SECOND);
    // 20 hours are 240 empty pages, and a planning reads three.
    int triggers = readAll(SECOND, 90);
    assertTrue(triggers >= 80, () -> triggers + " triggers");
  }

  @Test
  void readsARecordAnHourSoonAfterItCame() throws InterruptedException {
    conditions.emptyStretch(Duration.ofMinutes(5));
    for (int hour = 0; hour < 12; hour++) {
      stream.put(100);
      assertTrue(readAll(SECOND, 2) <= 2);
      for (int idle = 0; idle < 60; idle++) {
        time.advance(Duration.ofMinutes(1));
        query.assertIdle();
      }
    }
  }

  @Test
  void readsABacklogOfARecordAnHour() throws InterruptedException {
    conditions.emptyStretch(Duration.ofMinutes(20));
    put(20, 100, Duration.ofHours(1));
    readAll(SECOND, 60);
  }

  @ParameterizedTest
  @CsvSource({ "-10, true", "-10, false", "0, true", "10, true", "10, false" })
  void staysNearTheTipWhateverTheLocalClockSays(int minutes, boolean refusalTellsTime)
    throws InterruptedException {
    conditions.refusalTellsTime(refusalTellsTime);
    query = new ModelQuery(kinesis, time, OPTIONS, Duration.ofMinutes(minutes));
    query.start();
    // More than is read page by page to plan a micro-batch.
    for (int trigger = 0; trigger < 10; trigger++) {
      put(5_000, 100, Duration.ofMillis(1));
      query.trigger();
      // Answers tell whole seconds, and planning keeps 250 ms clear of now.
      int most = trigger < 2 ? 10_000 : 1_600;
      assertTrue(query.unread() <= most, () -> query.unread() + " unread records");
    }
    readAll(SECOND, 5);
  }

  @Test
  void readsToTheTipAgainOnceABacklogIsRead() throws InterruptedException {
    put(20_000, 100, Duration.ofMillis(1));
    query.trigger();
    assertTrue(query.unread() > 0);
    for (int trigger = 0; trigger < 15; trigger++) {
      put(200, 100, Duration.ofMillis(5));
      query.trigger();
    }
    // A look-up would leave the newest 250 ms to the next micro-batch, each time.
    assertEquals(0, query.unread());
  }

  @ParameterizedTest
  @ValueSource(booleans = { true, false })
  void survivesAClockThatIsSetWhileItRuns(boolean refusalTellsTime) throws InterruptedException {
    conditions.refusalTellsTime(refusalTellsTime);
    for (int minutes : List.of(0, 10, -10, 10)) {
      query.setClock(Duration.ofMinutes(minutes));
      put(3_000, 100, Duration.ofMillis(1));
      readAll(SECOND, 10);
    }
  }

  @Test
  void readsARecordOnceThatEmptyPagesCameInFrontOf() throws InterruptedException {
    conditions.emptyPageOneIn(2).retention(Duration.ofDays(7));
    PlannerOptions options = new PlannerOptions(Duration.ofSeconds(3), SECOND);
    query = new ModelQuery(kinesis, time, options, Duration.ZERO);
    query.start();
    put(60_000, 1_000, Duration.ofMillis(5));
    while (query.unread() > 0) {
      // The iterator has expired, and begins in front of the record again; the next time it is kept.
      time.advance(Duration.ofMinutes(6));
      query.trigger();
      time.advance(SECOND);
      query.trigger();
    }
  }

  @Test
  void skipsNothingThatWasReadBeforeARefusal() throws InterruptedException {
    // No later moment can be looked up, so planning reads on, and often only the first page is answered.
    conditions.disorder(Duration.ofSeconds(30)).throttledOneIn(3);
    for (int trigger = 0; trigger < 400; trigger++) {
      put(200, 5_000, Duration.ofMillis(5));
      query.trigger();
    }
    readAll(SECOND, 200);
  }

  @Test
  void goesOnWhereArrivalTimesStepBack() throws InterruptedException {
    conditions.disorder(Duration.ofSeconds(30));
    put(5_000, 1_000, Duration.ofMillis(5));
    readAll(SECOND, 40);
    for (int second = 0; second < 60; second++) {
      put(200, 1_000, Duration.ofMillis(5));
      query.trigger();
      assertTrue(query.unread() <= 2_000, () -> query.unread() + " unread");
    }
  }

  @Test
  void boundsABatchByItsSpanWhileBatchesOverrun() throws InterruptedException {
    put(60_000, 100, Duration.ofMillis(10));
    while (query.unread() > 1_000) {
      // Longer than a micro-batch may take however far the job is behind.
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
    put(36_000, 100, Duration.ofSeconds(1));
    assertTrue(readAll(SECOND, 40) < 40);
    // Backlog is over: a batch may cover no more than at first, once it has overrun.
    // Of records of this size the first page holds some seconds, so that it is the span that bounds.
    put(20_000, 4_000, Duration.ofMillis(100));
    for (int trigger = 0; trigger < 12; trigger++) {
      time.advance(Duration.ofSeconds(5));
      query.trigger();
    }
    put(6_000, 4_000, Duration.ofMillis(100));
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
    put(100, 1 << 20, Duration.ofMillis(500));
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

  @Test
  void readsEverythingWhileOneCallOfFourIsThrottled() throws InterruptedException {
    conditions.throttledOneIn(4).quotas(true);
    for (int second = 0; second < 60; second++) {
      put(100, 1_000, Duration.ofMillis(10));
      query.trigger();
    }
    readAll(SECOND, 20);
  }

  @Test
  void failsWhenNoShardHasAnsweredForHalfAMinute() throws InterruptedException {
    put(10, 100, SECOND);
    query.trigger();
    conditions.networkErrorOneIn(1);
    for (int second = 0; second < 25; second++) {
      time.advance(SECOND);
      query.assertIdle();
    }
    StreamException silence = assertThrows(StreamException.class, () -> {
      for (int second = 0; second < 10; second++) {
        time.advance(SECOND);
        query.trigger();
      }
    });
    assertTrue(silence.getMessage().startsWith("No shard of stream events has answered for 3"));
  }

  @Test
  void doesNotTakeTwoRefusalsAroundALongBatchForSilence() throws InterruptedException {
    put(10, 100, SECOND);
    query.trigger();
    conditions.networkErrorOneIn(1);
    for (int batch = 0; batch < 3; batch++) {
      time.advance(Duration.ofMinutes(5));
      query.assertIdle();
    }
  }

  @Test
  void waitsForAStreamThatCannotBeDescribedAtOnce() throws InterruptedException {
    put(10, 100, SECOND);
    query.trigger();
    query.start();
    conditions.throttledOneIn(1);
    time.advance(SECOND);
    query.assertIdle();
    conditions.throttledOneIn(0);
    put(1, 100, SECOND);
    readAll(SECOND, 2);
  }

  @Test
  void refusesAStreamOfTheSameNameThatWasMadeLater() throws InterruptedException {
    put(10, 100, SECOND);
    query.trigger();
    time.advance(SECOND);
    stream.recreate(1);
    put(10, 100, SECOND);
    query.resume();
    StreamException refusal = assertThrows(StreamException.class, query::trigger);
    assertTrue(
      refusal.getMessage().contains("was made at 2026-11-29T05:00:00Z, and the one that is there"),
      refusal.getMessage()
    );
  }

  @Test
  void stopsAtWhatHadArrivedWhenItWasToldTo() throws InterruptedException {
    put(5_000, 100, Duration.ofMillis(10));
    query.planner().stopAtTip();
    int triggers = 0;
    while (!query.planner().isDone(query.offset())) {
      assertTrue(triggers++ < 40, "it goes on");
      put(100, 100, Duration.ofMillis(10));
      query.trigger();
    }
    assertTrue(query.read(SHARD) >= 5_000);
    assertTrue(query.unread() > 0);
    query.assertIdle();
  }

  @Test
  void doesNotStopAtAnEmptyPageOrARefusal() throws InterruptedException {
    conditions.emptyStretch(Duration.ofMinutes(5)).throttledOneIn(4);
    put(2, 100, Duration.ofHours(2));
    stream.split(SHARD);
    put(20, 100, Duration.ofMinutes(10));
    query.planner().stopAtTip();
    for (int triggers = 0; !query.planner().isDone(query.offset()); triggers++) {
      assertTrue(triggers < 100, "it goes on");
      time.advance(SECOND);
      query.trigger();
    }
    assertEquals(0, query.unread());
  }

  @Test
  void saysHowFarItIsBehind() throws InterruptedException {
    put(36_000, 100, Duration.ofMillis(100));
    query.trigger();
    Duration behind = query.planner().lag().behind().get(SHARD);
    assertTrue(behind.toMinutes() >= 58 && behind.toMinutes() <= 60, () -> "" + behind);
    readAll(SECOND, 40);
    query.trigger();
    assertEquals(Duration.ZERO, query.planner().lag().behind().get(SHARD));
  }

  @Test
  void beginsTwiceAtTheSamePlaceAndReadsTheFirstBatchAgain() throws InterruptedException {
    put(100, 100, SECOND);
    assertEquals(query.offset(), query.planner().initial());
    assertFalse(query.trigger().isEmpty());
    query.start();
    query.replay();
  }
}
