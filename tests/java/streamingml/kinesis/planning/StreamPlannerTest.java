package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.StreamException;

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

  @Test
  void crossesADayOfEmptyPagesFromTriggerToTrigger() throws InterruptedException {
    conditions.retention(Duration.ofDays(7)).emptyStretch(Duration.ofMinutes(5));
    stream.put(1, 100, Duration.ofHours(20));
    stream.put(1, 100, SECOND);
    // 20 hours are 240 empty pages, and a planning reads three.
    int triggers = query.readAll(SECOND, 90);
    assertTrue(triggers >= 80, () -> triggers + " triggers");
  }

  @Test
  void readsARecordAnHourSoonAfterItCame() throws InterruptedException {
    conditions.emptyStretch(Duration.ofMinutes(5));
    for (int hour = 0; hour < 12; hour++) {
      stream.put(100);
      assertTrue(query.readAll(SECOND, 2) <= 2);
      for (int idle = 0; idle < 60; idle++) {
        time.advance(Duration.ofMinutes(1));
        query.assertIdle();
      }
    }
  }

  @Test
  void readsABacklogOfARecordAnHour() throws InterruptedException {
    conditions.emptyStretch(Duration.ofMinutes(20));
    stream.put(20, 100, Duration.ofHours(1));
    query.readAll(SECOND, 60);
  }

  @Test
  void readsToTheTipAgainOnceABacklogIsRead() throws InterruptedException {
    stream.put(20_000, 100, Duration.ofMillis(1));
    query.trigger();
    assertTrue(query.unread() > 0);
    for (int trigger = 0; trigger < 15; trigger++) {
      stream.put(200, 100, Duration.ofMillis(5));
      query.trigger();
    }
    // A look-up would leave the newest 250 ms to the next micro-batch, each time.
    assertEquals(0, query.unread());
  }

  @Test
  void readsARecordOnceThatEmptyPagesCameInFrontOf() throws InterruptedException {
    conditions.emptyPageOneIn(2).retention(Duration.ofDays(7));
    PlannerOptions options = new PlannerOptions(Duration.ofSeconds(3), SECOND);
    query = new ModelQuery(kinesis, time, options, Duration.ZERO);
    query.start();
    stream.put(60_000, 1_000, Duration.ofMillis(5));
    while (query.unread() > 0) {
      // The iterator has expired, and a new one begins before the record; the next time it is kept.
      time.advance(Duration.ofMinutes(6));
      query.trigger();
      time.advance(SECOND);
      query.trigger();
    }
  }

  @Test
  void skipsNothingThatWasReadBeforeARefusal() throws InterruptedException {
    // No later time can be looked up, so planning reads further, and often only the first page is answered.
    conditions.disorder(Duration.ofSeconds(30)).throttledOneIn(3);
    for (int trigger = 0; trigger < 400; trigger++) {
      stream.put(200, 5_000, Duration.ofMillis(5));
      query.trigger();
    }
    query.readAll(SECOND, 200);
  }

  @Test
  void readsEverythingWhileOneCallOfFourIsThrottled() throws InterruptedException {
    conditions.throttledOneIn(4).quotas(true);
    for (int second = 0; second < 60; second++) {
      stream.put(100, 1_000, Duration.ofMillis(10));
      query.trigger();
    }
    query.readAll(SECOND, 20);
  }

  @Test
  void failsWhenNoShardHasAnsweredForHalfAMinute() throws InterruptedException {
    stream.put(10, 100, SECOND);
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
    stream.put(10, 100, SECOND);
    query.trigger();
    conditions.networkErrorOneIn(1);
    for (int batch = 0; batch < 3; batch++) {
      time.advance(Duration.ofMinutes(5));
      query.assertIdle();
    }
  }

  @Test
  void waitsForAStreamThatCannotBeDescribedAtOnce() throws InterruptedException {
    stream.put(10, 100, SECOND);
    query.trigger();
    query.start();
    conditions.throttledOneIn(1);
    time.advance(SECOND);
    query.assertIdle();
    conditions.throttledOneIn(0);
    stream.put(1, 100, SECOND);
    query.readAll(SECOND, 2);
  }

  @Test
  void refusesAStreamOfTheSameNameThatWasMadeLater() throws InterruptedException {
    stream.put(10, 100, SECOND);
    query.trigger();
    time.advance(SECOND);
    stream.recreate(1);
    stream.put(10, 100, SECOND);
    query.resume();
    StreamException refusal = assertThrows(StreamException.class, query::trigger);
    assertTrue(
      refusal.getMessage().contains("was created at 2026-11-29T05:00:00Z, and the current one"),
      refusal.getMessage()
    );
  }

  @Test
  void refusesToReadWhatWasPlannedOfAStreamThatWasMadeAnewSince() {
    StreamOffset planned = planner().initial();
    planner().requireStreamOf(planned);
    time.advance(SECOND);
    stream.recreate(1);
    StreamPlanner planner = planner();
    StreamException refusal = assertThrows(StreamException.class, () ->
      planner.requireStreamOf(planned)
    );
    assertTrue(
      refusal.getMessage().contains("was created at 2026-11-29T05:00:00Z, and the current one"),
      refusal.getMessage()
    );
    planner.requireStreamOf(planner.initial());
  }

  private StreamPlanner planner() {
    return new StreamPlanner(kinesis, OPTIONS, time::instant, Runnable::run);
  }

  @Test
  void saysHowFarItIsBehind() throws InterruptedException {
    stream.put(36_000, 100, Duration.ofMillis(100));
    query.trigger();
    Duration behind = query.planner().lag().behind().get(SHARD);
    assertTrue(behind.toMinutes() >= 58 && behind.toMinutes() <= 60, () -> "" + behind);
    query.readAll(SECOND, 40);
    query.trigger();
    assertEquals(Duration.ZERO, query.planner().lag().behind().get(SHARD));
  }

  @Test
  void beginsTwiceAtTheSamePlaceAndReadsTheFirstBatchAgain() throws InterruptedException {
    stream.put(100, 100, SECOND);
    assertEquals(query.offset(), query.planner().initial());
    assertFalse(query.trigger().isEmpty());
    query.start();
    query.replay();
  }
}
