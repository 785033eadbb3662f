package streamingml.kinesis.reading.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;

class AggregatedRecordsTest {

  /** Made by awslabs's aggregator for Python 1.2: four records, three keys, two explicit hash keys. */
  private static final String MADE_ELSEWHERE =
    "84mawgoGdXNlci0xCgZ1c2VyLTIKCnNjaGzDvHNzZWwSATESJzM0MDI4MjM2NjkyMDkzODQ2MzQ2MzM3NDYwNzQzMTc2" +
    "ODIxMTQ1NRoRCAAQABoLeyJmaXJzdCI6MX0aFQgBEAEaD3sic2Vjb25kIjoiw7wifRoECAAaABoGCAIaAgD/CfVe8fQJ" +
    "wApGvsumnyT/PA==";

  @Test
  void deliversEachRecordInsideWithItsOwnKeyAndData() {
    List<StreamRecord> inside = inside(Base64.getDecoder().decode(MADE_ELSEWHERE));
    assertEquals(
      List.of("user-1", "user-2", "user-1", "schlüssel"),
      inside.stream().map(StreamRecord::partitionKey).toList()
    );
    assertEquals("{\"first\":1}", new String(inside.get(0).data(), UTF_8));
    assertEquals("{\"second\":\"ü\"}", new String(inside.get(1).data(), UTF_8));
    assertArrayEquals(new byte[0], inside.get(2).data());
    assertArrayEquals(new byte[] { 0, (byte) 0xFF }, inside.get(3).data());
  }

  @Test
  void givesEachTheNumberAndTheArrivalOfTheOuterOne() {
    StreamRecord outer = record(Base64.getDecoder().decode(MADE_ELSEWHERE));
    for (StreamRecord one : AggregatedRecords.of(outer)) {
      assertEquals(outer.sequenceNumber(), one.sequenceNumber());
      assertEquals(outer.arrivedAt(), one.arrivedAt());
    }
  }

  @Test
  void takesTablesThatStandBehindTheRecordsAndPassesOverTags() {
    byte[] data = new AggregatedRecordWriter()
      .record(record ->
        record.writeUInt64(1, 0).writeUInt64(2, 0).writeBytes(3, "a").writeBytes(4, "tag")
      )
      .key("k")
      .hashKey("9")
      .bytes();
    assertEquals(List.of("k"), inside(data).stream().map(StreamRecord::partitionKey).toList());
  }

  @Test
  void deliversARecordAsItIsWhenNothingMarksIt() {
    assertUntouched("{\"text\":\"hello\"}".getBytes(UTF_8));
    assertUntouched(new byte[0]);
    assertUntouched(Arrays.copyOf(Base64.getDecoder().decode(MADE_ELSEWHERE), 20));
  }

  @Test
  void deliversARecordAsItIsWhenOneByteOfItIsWrong() {
    byte[] sound = Base64.getDecoder().decode(MADE_ELSEWHERE);
    for (int index = 0; index < sound.length; index++) {
      byte[] wrong = sound.clone();
      wrong[index] ^= 1;
      assertUntouched(wrong);
    }
  }

  @Test
  void deliversARecordAsItIsWhenItHoldsNone() {
    assertUntouched(new AggregatedRecordWriter().key("k").bytes());
  }

  @Test
  void takesNothingOfAMessageThatIsNotSoundToItsEnd() {
    assertBroken(record -> record.writeUInt64(1, 1).writeBytes(3, "key that is not in the table"));
    assertBroken(record ->
      record.writeUInt64(1, -1).writeBytes(3, "key number beyond every table")
    );
    assertBroken(record -> record.writeUInt64(1, 0).writeUInt64(2, 0).writeBytes(3, "no hash key"));
    assertBroken(record -> record.writeUInt64(1, 0));
    assertBroken(record -> record.writeBytes(3, "no key"));
    assertBroken(record ->
      record.writeUInt64(1, 0).writeBytes(3, "ends early").writeRaw(0x2A, 0x7F)
    );
    assertBroken(record -> record.writeUInt64(1, 0).writeBytes(3, "no group").writeRaw(0x2C));
    assertBroken(record -> record.writeUInt64(1, 0).writeBytes(3, "field 0").writeRaw(0x00, 0x00));
  }

  @ParameterizedTest
  @ValueSource(ints = { 10, 1_000_000 })
  void survivesGroupsWithinGroups(int depth) {
    assertBroken(record -> {
      record.writeUInt64(1, 0).writeBytes(3, "a");
      for (int level = 0; level < depth; level++) {
        record.writeRaw(0x2B);
      }
    });
  }

  private static void assertBroken(Consumer<AggregatedRecordWriter.Fields> record) {
    byte[] data = new AggregatedRecordWriter()
      .key("k")
      .record(sound -> sound.writeUInt64(1, 0).writeBytes(3, "sound"))
      .record(record)
      .bytes();
    assertUntouched(data);
  }

  private static void assertUntouched(byte[] data) {
    StreamRecord record = record(data);
    List<StreamRecord> delivered = AggregatedRecords.of(record);
    assertEquals(1, delivered.size());
    assertSame(record, delivered.get(0));
  }

  private static List<StreamRecord> inside(byte[] data) {
    return AggregatedRecords.of(record(data));
  }

  private static StreamRecord record(byte[] data) {
    return new StreamRecord(SequenceNumber.of("7"), Instant.ofEpochMilli(5), "outer", data);
  }
}
