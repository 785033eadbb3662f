package streamingml.kinesis.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.stream.DataLossException;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;

/** A range of which something cannot be read any more: nothing is left out silently. */
final class RangeLossTest {

  private final OneShard shard = new OneShard();

  private static SequenceNumber behind(StreamRecord record) {
    BigInteger number = new BigInteger(record.sequenceNumber().digits());
    return SequenceNumber.of(number.add(BigInteger.ONE).toString());
  }

  @Test
  void saysThatItsFirstRecordHasExpired() {
    List<StreamRecord> records = shard.put(30, 100, Duration.ofHours(1));
    RangeReader reader = shard.reader(
      records.get(2).sequenceNumber(),
      OneShard.through(records.get(29))
    );
    DataLossException loss = assertThrows(DataLossException.class, reader::next);
    assertEquals(
      "The planned range of shard %s of stream \"events\" was expected to begin with record %s, but began with record %s. ".formatted(
        OneShard.ID,
        records.get(2).sequenceNumber(),
        records.get(7).sequenceNumber()
      ) +
        "What has expired cannot be read again: raise the stream's retention period, and begin with a new job.generation.",
      loss.getMessage()
    );
  }

  @Test
  void saysThatAllItsRecordsHaveExpired() {
    List<StreamRecord> records = shard.put(2, 100, Duration.ofHours(25));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(1))
    );
    DataLossException loss = assertThrows(DataLossException.class, reader::next);
    assertTrue(loss.getMessage().contains("but Kinesis has no record there"), loss.getMessage());
  }

  @Test
  void saysThatItsLastRecordExpiredWhileItWasRead() throws InterruptedException {
    List<StreamRecord> records = shard.put(1_500, 100, Duration.ofSeconds(1));
    assertEndIsMissed(records.get(0).sequenceNumber(), OneShard.through(records.get(1_200)));
  }

  @Test
  void saysThatTheRecordBehindItExpiredWhileItWasRead() throws InterruptedException {
    List<StreamRecord> records = shard.put(1_500, 100, Duration.ofSeconds(1));
    assertEndIsMissed(records.get(0).sequenceNumber(), OneShard.before(records.get(1_200)));
  }

  @Test
  void saysThatRecordsInItExpiredWhileItWasRead() throws InterruptedException {
    List<StreamRecord> records = shard.put(3_000, 1_000, Duration.ofSeconds(1));
    shard.time.advance(Duration.ofHours(24).minus(Duration.ofSeconds(3_010)));
    RangeReader reader = shard.reader(
      records.get(0).sequenceNumber(),
      OneShard.through(records.get(2_999))
    );
    reader.next();
    // The reader has the first page; the records after it expire, and the range's end stays.
    shard.time.advance(Duration.ofSeconds(2_000));
    assertThrows(DataLossException.class, () -> OneShard.all(reader));
  }

  private void assertEndIsMissed(SequenceNumber from, RangeEnd end) throws InterruptedException {
    RangeReader reader = shard.reader(from, end);
    reader.next();
    shard.conditions.retention(Duration.ofSeconds(100));
    DataLossException loss = assertThrows(DataLossException.class, () -> OneShard.all(reader));
    assertTrue(loss.getMessage().contains("came without it"), loss.getMessage());
  }

  @Test
  void saysThatItsEndIsNowhere() {
    List<StreamRecord> records = shard.put(10, 100, Duration.ofSeconds(1));
    RangeEnd end = new RangeEnd.Through(behind(records.get(9)));
    RangeReader reader = shard.reader(records.get(0).sequenceNumber(), end);
    DataLossException loss = assertThrows(DataLossException.class, () -> OneShard.all(reader));
    assertTrue(loss.getMessage().contains("nothing came after record"), loss.getMessage());
    shard.stream.split(OneShard.ID);
    assertThrows(DataLossException.class, () ->
      OneShard.all(shard.reader(records.get(0).sequenceNumber(), end))
    );
  }

  @Test
  void saysThatTheShardIsGone() {
    List<StreamRecord> records = shard.put(10, 100, Duration.ofSeconds(1));
    shard.stream.split(OneShard.ID);
    shard.stream.prune(OneShard.ID);
    RangeReader reader = shard.reader(records.get(0).sequenceNumber(), new RangeEnd.ShardEnd());
    DataLossException loss = assertThrows(DataLossException.class, reader::next);
    assertTrue(loss.getMessage().contains("the stream has no such shard"), loss.getMessage());
  }
}
