package streamingml.kinesis.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.CallLog;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.stream.DataLossException;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.UnavailableException;

/** One situation each; that every range is read exactly in all of them at once, {@link RangeReaderPropertyTest} shows. */
final class RangeReaderTest {

  private static final String SHARD = "shardId-000000000000";

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions();
  private final ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 1);
  private final ModelStream stream = kinesis.stream();

  private List<StreamRecord> put(int count, int size, Duration apart) {
    for (int index = 0; index < count; index++) {
      stream.put(size);
      time.advance(apart);
    }
    return stream.records(SHARD);
  }

  private RangeReader reader(SequenceNumber from, RangeEnd end) {
    return new RangeReader(kinesis, ModelStream.NAME, new ShardRange(SHARD, from, end), time);
  }

  private static RangeEnd through(StreamRecord record) {
    return new RangeEnd.Through(record.sequenceNumber());
  }

  private static RangeEnd before(StreamRecord record) {
    return new RangeEnd.Before(record.sequenceNumber(), record.arrivedAt());
  }

  private static List<StreamRecord> all(RangeReader reader) throws InterruptedException {
    List<StreamRecord> read = new ArrayList<>();
    for (var record = reader.next(); record.isPresent(); record = reader.next()) {
      read.add(record.get());
    }
    return read;
  }

  private static SequenceNumber behind(StreamRecord record) {
    BigInteger number = new BigInteger(record.sequenceNumber().digits());
    return SequenceNumber.of(number.add(BigInteger.ONE).toString());
  }

  @Test
  void stopsAtItsLastRecordWithoutAskingFurther() throws InterruptedException {
    List<StreamRecord> records = put(10, 100, Duration.ofMillis(100));
    RangeReader reader = reader(records.get(2).sequenceNumber(), through(records.get(6)));
    assertEquals(records.subList(2, 7), all(reader));
    int bytes = records.subList(2, 7).stream().mapToInt(StreamRecord::bytes).sum();
    assertEquals(2, reader.counts().calls());
    assertEquals(5, reader.counts().records());
    assertEquals(bytes, reader.counts().bytes());
    assertTrue(reader.counts().fetchedBytes() > bytes);
  }

  @Test
  void passesOverADayOfEmptyPages() throws InterruptedException {
    List<StreamRecord> records = put(2, 100, Duration.ofHours(23));
    conditions.emptyStretch(Duration.ofMinutes(5)).retention(Duration.ofDays(7));
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(1)));
    assertEquals(records, all(reader));
    assertTrue(reader.counts().calls() > 250);
  }

  @Test
  void findsTheEndOfAClosedShardBehindItsLastRecord() throws InterruptedException {
    List<StreamRecord> records = put(3, 100, Duration.ofSeconds(1));
    stream.split(SHARD);
    for (int repetition = 0; repetition < 20; repetition++) {
      RangeReader reader = reader(records.get(1).sequenceNumber(), new RangeEnd.ShardEnd());
      assertEquals(records.subList(1, 3), all(reader));
    }
  }

  @Test
  void goesOnBehindTheLastRecordWhenTheIteratorHasExpired() throws InterruptedException {
    List<StreamRecord> records = put(3_000, 100, Duration.ofMillis(1));
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(2_999)));
    List<StreamRecord> read = new ArrayList<>();
    for (var record = reader.next(); record.isPresent(); record = reader.next()) {
      read.add(record.get());
      time.advance(Duration.ofSeconds(4));
    }
    assertEquals(records, read);
    assertTrue(kinesis.calls().total(CallLog.Call.GET_SHARD_ITERATOR) > 1);
  }

  @Test
  void readsLittleBehindItsEndWhileABacklogWaits() throws InterruptedException {
    List<StreamRecord> records = put(20_000, 1_000, Duration.ofMillis(1));
    RangeReader reader = reader(records.get(0).sequenceNumber(), before(records.get(5_000)));
    assertEquals(records.subList(0, 5_000), all(reader));
    assertTrue(reader.counts().fetchedBytes() < 6_000_000, () -> "" + reader.counts());
    assertEquals(3, reader.counts().calls());
  }

  @Test
  void readsLittleBehindItsEndWhereRecordsAreLarge() throws InterruptedException {
    List<StreamRecord> records = put(200, 1 << 20, Duration.ofMillis(500));
    RangeReader reader = reader(records.get(0).sequenceNumber(), before(records.get(15)));
    assertEquals(records.subList(0, 15), all(reader));
    assertTrue(reader.counts().fetchedBytes() < 22 << 20, () -> "" + reader.counts());
  }

  @Test
  void staysWithinTheQuotasOfAShard() throws InterruptedException {
    List<StreamRecord> records = put(30_000, 2_000, Duration.ofMillis(1));
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(29_999)));
    assertEquals(records, all(reader));
    assertTrue(kinesis.calls().mostASecond(CallLog.Call.GET_RECORDS) <= 5);
  }

  @Test
  void waitsUntilAShardGivesMoreBytes() throws InterruptedException {
    conditions.quotas(true);
    List<StreamRecord> records = put(30_000, 2_000, Duration.ofMillis(1));
    Duration before = time.elapsed();
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(29_999)));
    assertEquals(records, all(reader));
    // 60 MB at 2 MiB a second.
    long seconds = time.elapsed().minus(before).toSeconds();
    assertTrue(kinesis.calls().refused() > 0 && seconds < 45, () -> seconds + " seconds");
  }

  @Test
  void waitsWhileKinesisCannotAnswer() throws InterruptedException {
    List<StreamRecord> records = put(5_000, 100, Duration.ofMillis(1));
    conditions.throttledOneIn(2).networkErrorOneIn(4);
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(4_999)));
    assertEquals(records, all(reader));
  }

  @Test
  void givesUpWhenKinesisDoesNotAnswerForMinutes() {
    List<StreamRecord> records = put(1, 100, Duration.ofMillis(1));
    conditions.throttledOneIn(1);
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(0)));
    Duration before = time.elapsed();
    assertThrows(UnavailableException.class, reader::next);
    long waited = time.elapsed().minus(before).toSeconds();
    assertTrue(waited >= 120 && waited < 140, () -> waited + " s");
  }

  @Test
  void givesUpWhenPagesStayEmptyForMinutes() {
    List<StreamRecord> records = put(1, 100, Duration.ofMillis(1));
    conditions.emptyPageOneIn(1);
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(0)));
    assertThrows(UnavailableException.class, reader::next);
  }

  @Test
  void saysThatItsFirstRecordHasExpired() {
    List<StreamRecord> records = put(30, 100, Duration.ofHours(1));
    RangeReader reader = reader(records.get(2).sequenceNumber(), through(records.get(29)));
    DataLossException loss = assertThrows(DataLossException.class, reader::next);
    assertEquals(
      "The planned range of shard %s of stream \"events\" was expected to begin with record %s, but began with record %s. ".formatted(
        SHARD,
        records.get(2).sequenceNumber(),
        records.get(7).sequenceNumber()
      ) +
        "What has expired cannot be read again: raise the stream's retention period, and begin with a new job.generation.",
      loss.getMessage()
    );
  }

  @Test
  void saysThatAllItsRecordsHaveExpired() {
    List<StreamRecord> records = put(2, 100, Duration.ofHours(25));
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(1)));
    DataLossException loss = assertThrows(DataLossException.class, reader::next);
    assertTrue(loss.getMessage().contains("but Kinesis has no record there"), loss.getMessage());
  }

  @Test
  void saysThatItsLastRecordExpiredWhileItWasRead() throws InterruptedException {
    List<StreamRecord> records = put(1_500, 100, Duration.ofSeconds(1));
    assertEndIsMissed(records.get(0).sequenceNumber(), through(records.get(1_200)));
  }

  @Test
  void saysThatTheRecordBehindItExpiredWhileItWasRead() throws InterruptedException {
    List<StreamRecord> records = put(1_500, 100, Duration.ofSeconds(1));
    assertEndIsMissed(records.get(0).sequenceNumber(), before(records.get(1_200)));
  }

  @Test
  void saysThatRecordsInItExpiredWhileItWasRead() throws InterruptedException {
    List<StreamRecord> records = put(3_000, 1_000, Duration.ofSeconds(1));
    time.advance(Duration.ofHours(24).minus(Duration.ofSeconds(3_010)));
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(2_999)));
    reader.next();
    // The first page is at the reader; what lies behind it expires, and the range's end stays.
    time.advance(Duration.ofSeconds(2_000));
    assertThrows(DataLossException.class, () -> all(reader));
  }

  @Test
  void readsRecordsThatAreAboutToExpire() throws InterruptedException {
    List<StreamRecord> records = put(300, 1_000, Duration.ofSeconds(1));
    time.advance(Duration.ofHours(24).minus(Duration.ofMinutes(30)));
    RangeReader reader = reader(records.get(0).sequenceNumber(), through(records.get(299)));
    assertEquals(records, all(reader));
  }

  private void assertEndIsMissed(SequenceNumber from, RangeEnd end) throws InterruptedException {
    RangeReader reader = reader(from, end);
    reader.next();
    conditions.retention(Duration.ofSeconds(100));
    DataLossException loss = assertThrows(DataLossException.class, () -> all(reader));
    assertTrue(loss.getMessage().contains("came without it"), loss.getMessage());
  }

  @Test
  void saysThatItsEndIsNowhere() {
    List<StreamRecord> records = put(10, 100, Duration.ofSeconds(1));
    RangeEnd end = new RangeEnd.Through(behind(records.get(9)));
    RangeReader reader = reader(records.get(0).sequenceNumber(), end);
    DataLossException loss = assertThrows(DataLossException.class, () -> all(reader));
    assertTrue(loss.getMessage().contains("nothing came behind record"), loss.getMessage());
    stream.split(SHARD);
    assertThrows(DataLossException.class, () -> all(reader(records.get(0).sequenceNumber(), end)));
  }

  @Test
  void saysThatTheShardIsGone() {
    List<StreamRecord> records = put(10, 100, Duration.ofSeconds(1));
    stream.split(SHARD);
    stream.prune(SHARD);
    RangeReader reader = reader(records.get(0).sequenceNumber(), new RangeEnd.ShardEnd());
    DataLossException loss = assertThrows(DataLossException.class, reader::next);
    assertTrue(loss.getMessage().contains("the stream has no such shard"), loss.getMessage());
  }
}
