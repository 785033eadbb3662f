package streamingml.kinesis.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.CallLog;
import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.UnavailableException;

/** One situation each; that every range is read exactly in all of them at once, {@link RangeReaderPropertyTest} shows. */
final class RangeReaderTest {

  private final OneShard shard = new OneShard();

  @Test
  void stopsAtItsLastRecordWithoutAskingFurther() throws InterruptedException {
    List<StreamRecord> records = shard.put(10, 100, Duration.ofMillis(100));
    RangeReader reader = shard.reader(
      records.get(2).sequenceNumber(),
      OneShard.through(records.get(6))
    );
    assertEquals(records.subList(2, 7), OneShard.all(reader));
    int bytes = records.subList(2, 7).stream().mapToInt(StreamRecord::bytes).sum();
    assertEquals(2, reader.counts().calls());
    assertEquals(5, reader.counts().records());
    assertEquals(bytes, reader.counts().bytes());
    assertTrue(reader.counts().fetchedBytes() > bytes);
  }

  @Test
  void passesOverADayOfEmptyPages() throws InterruptedException {
    List<StreamRecord> records = shard.put(2, 100, Duration.ofHours(23));
    shard.conditions.emptyStretch(Duration.ofMinutes(5)).retention(Duration.ofDays(7));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(1))
    );
    assertEquals(records, OneShard.all(reader));
    assertTrue(reader.counts().calls() > 250);
  }

  @Test
  void findsTheEndOfAClosedShardBehindItsLastRecord() throws InterruptedException {
    List<StreamRecord> records = shard.put(3, 100, Duration.ofSeconds(1));
    shard.stream.split(OneShard.ID);
    for (int repetition = 0; repetition < 20; repetition++) {
      RangeReader reader = shard.reader(records.get(1).sequenceNumber(), new RangeEnd.ShardEnd());
      assertEquals(records.subList(1, 3), OneShard.all(reader));
    }
  }

  @Test
  void goesOnBehindTheLastRecordWhenTheIteratorHasExpired() throws InterruptedException {
    List<StreamRecord> records = shard.put(3_000, 100, Duration.ofMillis(1));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(2_999))
    );
    List<StreamRecord> read = new ArrayList<>();
    for (var record = reader.next(); record.isPresent(); record = reader.next()) {
      read.add(record.get());
      shard.time.advance(Duration.ofSeconds(4));
    }
    assertEquals(records, read);
    assertTrue(shard.kinesis.calls().total(CallLog.Call.GET_SHARD_ITERATOR) > 1);
  }

  @Test
  void readsLittleBehindItsEndWhileABacklogWaits() throws InterruptedException {
    List<StreamRecord> records = shard.put(20_000, 1_000, Duration.ofMillis(1));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.before(records.get(5_000))
    );
    assertEquals(records.subList(0, 5_000), OneShard.all(reader));
    assertTrue(reader.counts().fetchedBytes() < 6_000_000, () -> "" + reader.counts());
    assertEquals(3, reader.counts().calls());
  }

  @Test
  void readsLittleBehindItsEndWhereRecordsAreLarge() throws InterruptedException {
    List<StreamRecord> records = shard.put(200, 1 << 20, Duration.ofMillis(500));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.before(records.get(15))
    );
    assertEquals(records.subList(0, 15), OneShard.all(reader));
    assertTrue(reader.counts().fetchedBytes() < 22 << 20, () -> "" + reader.counts());
  }

  @Test
  void staysWithinTheQuotasOfAShard() throws InterruptedException {
    List<StreamRecord> records = shard.put(30_000, 2_000, Duration.ofMillis(1));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(29_999))
    );
    assertEquals(records, OneShard.all(reader));
    assertTrue(shard.kinesis.calls().mostASecond(CallLog.Call.GET_RECORDS) <= 5);
  }

  @Test
  void waitsUntilAShardGivesMoreBytes() throws InterruptedException {
    shard.conditions.quotas(true);
    List<StreamRecord> records = shard.put(30_000, 2_000, Duration.ofMillis(1));
    Duration before = shard.time.elapsed();
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(29_999))
    );
    assertEquals(records, OneShard.all(reader));
    // 60 MB at 2 MiB a second.
    long seconds = shard.time.elapsed().minus(before).toSeconds();
    assertTrue(shard.kinesis.calls().refused() > 0 && seconds < 45, () -> seconds + " seconds");
  }

  @Test
  void waitsWhileKinesisCannotAnswer() throws InterruptedException {
    List<StreamRecord> records = shard.put(5_000, 100, Duration.ofMillis(1));
    shard.conditions.throttledOneIn(2).networkErrorOneIn(4);
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(4_999))
    );
    assertEquals(records, OneShard.all(reader));
  }

  @Test
  void givesUpWhenKinesisDoesNotAnswerForMinutes() {
    List<StreamRecord> records = shard.put(1, 100, Duration.ofMillis(1));
    shard.conditions.throttledOneIn(1);
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(0))
    );
    Duration before = shard.time.elapsed();
    assertThrows(UnavailableException.class, reader::next);
    long waited = shard.time.elapsed().minus(before).toSeconds();
    assertTrue(waited >= 120 && waited < 140, () -> waited + " s");
  }

  @Test
  void givesUpWhenPagesStayEmptyForMinutes() {
    List<StreamRecord> records = shard.put(1, 100, Duration.ofMillis(1));
    shard.conditions.emptyPageOneIn(1);
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(0))
    );
    assertThrows(UnavailableException.class, reader::next);
  }

  @Test
  void readsRecordsThatAreAboutToExpire() throws InterruptedException {
    List<StreamRecord> records = shard.put(300, 1_000, Duration.ofSeconds(1));
    shard.time.advance(Duration.ofHours(24).minus(Duration.ofMinutes(30)));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(299))
    );
    assertEquals(records, OneShard.all(reader));
  }
}
