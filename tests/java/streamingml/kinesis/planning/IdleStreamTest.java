package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.ModelQuery.Delivered;
import streamingml.kinesis.stream.DataLossException;

/** Streams that are idle for a long time, jobs that are stopped for a long time, and records that expire meanwhile. */
final class IdleStreamTest {

  private static final String SHARD = "shardId-000000000000";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final PlannerOptions OPTIONS = new PlannerOptions(Duration.ofSeconds(10), SECOND);

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions().emptyStretch(Duration.ofMinutes(30));
  private final ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 2);
  private final ModelStream stream = kinesis.stream();
  private final ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ofMinutes(-10));

  private void idle(Duration duration) throws InterruptedException {
    Duration until = time.elapsed().plus(duration);
    while (time.elapsed().compareTo(until) < 0) {
      time.advance(Duration.ofSeconds(30));
      assertTrue(query.trigger().isEmpty());
    }
  }

  @Test
  void changesNothingButANoteEachQuarterOfTheRetention() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    int before = query.log().size();
    idle(HOUR.multipliedBy(5));
    assertEquals(before, query.log().size());
    idle(HOUR.multipliedBy(45));
    int notes = query.log().size() - before;
    assertTrue(notes >= 6 && notes <= 9, () -> notes + " notes in 50 hours");
  }

  @Test
  void changesNothingBeforeTheFirstRecord() throws InterruptedException {
    query.start();
    int before = query.log().size();
    idle(HOUR.multipliedBy(5));
    assertEquals(before, query.log().size());
  }

  @Test
  void goesOnAfterADayAndAHalfWithoutRecords() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    idle(HOUR.multipliedBy(36));
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
  }

  @Test
  void startsAgainAfterTwentyIdleHours() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    idle(HOUR.multipliedBy(20));
    query.resume();
    assertTrue(query.trigger().isEmpty());
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 30);
  }

  @Test
  void startsAgainWhenItHasStoodForTwentyHours() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    time.advance(HOUR.multipliedBy(20));
    stream.put(20, 100, SECOND);
    query.resume();
    query.readAll(SECOND, 40);
  }

  @Test
  void startsAgainAfterDaysWithoutRecordsAndHoursOfStanding() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    idle(HOUR.multipliedBy(50));
    time.advance(HOUR.multipliedBy(17));
    stream.put(20, 100, SECOND);
    query.resume();
    query.readAll(SECOND, 80);
  }

  @Test
  void startsAgainAfterDaysWithoutAnyRecord() throws InterruptedException {
    query.start();
    idle(HOUR.multipliedBy(50));
    time.advance(HOUR.multipliedBy(17));
    stream.put(20, 100, SECOND);
    query.resume();
    query.readAll(SECOND, 80);
  }

  @Test
  void followsASplitOfAShardWithoutRecords() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    idle(HOUR.multipliedBy(50));
    stream.split(SHARD);
    idle(HOUR);
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    query.resume();
    idle(HOUR.multipliedBy(30));
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
  }

  @Test
  void saysThatRecordsExpiredWhileItStood() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    stream.put(20, 100, SECOND);
    time.advance(HOUR.multipliedBy(25));
    stream.put(20, 100, SECOND);
    query.resume();
    DataLossException loss = assertThrows(DataLossException.class, () -> query.readAll(SECOND, 80));
    assertTrue(
      loss
        .getMessage()
        .startsWith("Records of stream events may have expired before they were read: of shard"),
      loss.getMessage()
    );
  }

  @Test
  void saysThatRecordsMayHaveExpiredEvenWhereNoneIsLeft() throws InterruptedException {
    query.start();
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
    stream.put(20, 100, SECOND);
    time.advance(HOUR.multipliedBy(25));
    query.resume();
    assertThrows(DataLossException.class, () -> query.readAll(SECOND, 80));
  }

  @Test
  void saysThatTheFirstRecordsOfAShardMayHaveExpired() throws InterruptedException {
    query.start();
    idle(HOUR.multipliedBy(7));
    stream.put(20, 100, SECOND);
    time.advance(HOUR.multipliedBy(25));
    stream.put(20, 100, SECOND);
    query.resume();
    assertThrows(DataLossException.class, () -> query.readAll(SECOND, 80));
  }

  @Test
  void saysThatAPlannedRangeHasExpired() throws InterruptedException {
    query.start();
    stream.put(40_000, 100, Duration.ofMillis(100));
    List<Delivered> first = query.trigger();
    assertTrue(!first.isEmpty());
    time.advance(HOUR.multipliedBy(25));
    assertThrows(DataLossException.class, query::start);
    query.resume();
    assertThrows(DataLossException.class, query::trigger);
  }

  @Test
  void beginsWithARecordThatDoesNotExpireBeforeItIsRead() throws InterruptedException {
    stream.put(3 * 24 * 60, 100, Duration.ofMinutes(1));
    Instant started = time.instant();
    query.start();
    query.trigger();
    // The first micro-batch is read again when its resources have come at last.
    time.advance(Duration.ofMinutes(9));
    query.start();
    for (String shard : stream.allShards()) {
      Instant oldest = stream.putAt(shard, query.skipped(shard));
      Instant bound = started.minus(Duration.ofHours(24)).plus(Duration.ofMinutes(20));
      assertTrue(oldest.isBefore(bound), () -> "more than a few minutes were skipped: " + oldest);
    }
    query.readAll(SECOND, 80);
  }

  @Test
  void beginsWithARecordThatComesWhenAllHaveExpired() throws InterruptedException {
    stream.put(20, 100, SECOND);
    time.advance(HOUR.multipliedBy(24).minusMinutes(5));
    query.start();
    idle(Duration.ofHours(1));
    stream.put(20, 100, SECOND);
    query.readAll(SECOND, 5);
  }
}
