package streamingml.kinesis.reading.aggregation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;

class AggregatedRecordsPropertyTest {

  private static final List<byte[]> FRAGMENTS = List.of(
    new byte[] { 0x0A, 1, 'k' },
    new byte[] { 0x12, 1, '9' },
    // A record of the first key, one of the second with a hash key, and the heads of longer ones.
    new byte[] { 0x1A, 5, 0x08, 0, 0x1A, 1, 'a' },
    new byte[] { 0x1A, 6, 0x08, 1, 0x10, 0, 0x1A, 0 },
    new byte[] { 0x1A, 9, 0x08, 0, 0x1A },
    new byte[] { 0x1A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F },
    new byte[] { 0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07 }
  );

  record Inside(String key, byte[] data) {}

  @Property
  void bytesThatAreNotMarkedAreDeliveredAsTheyAre(@ForAll byte[] data) {
    StreamRecord record = record(data);
    assertSame(record, AggregatedRecords.of(record).get(0));
  }

  @Property(tries = 5000)
  void markedBytesAreTakenApartOrDeliveredAsTheyAre(@ForAll("messages") byte[] message) {
    StreamRecord record = record(AggregatedRecordWriter.packed(message));
    List<StreamRecord> delivered = AggregatedRecords.of(record);
    long bytes = 0;
    for (StreamRecord one : delivered) {
      assertNotNull(one.partitionKey());
      bytes += one.data().length;
    }
    boolean isUntouched = delivered.size() == 1 && delivered.get(0) == record;
    // A record inside takes six bytes beside its data: it and each of its two fields have a tag and a number.
    assertTrue(isUntouched || bytes + 6L * delivered.size() <= message.length);
  }

  @Property(tries = 200)
  void whatWasPackedComesOut(@ForAll("packed") List<Inside> packed) {
    AggregatedRecordWriter writer = new AggregatedRecordWriter();
    for (int index = 0; index < packed.size(); index++) {
      int key = index;
      Inside one = packed.get(index);
      writer.key(one.key()).record(record -> record.writeUInt64(1, key).writeBytes(3, one.data()));
    }
    List<StreamRecord> delivered = AggregatedRecords.of(record(writer.bytes()));
    assertEquals(packed.size(), delivered.size());
    for (int index = 0; index < packed.size(); index++) {
      assertEquals(packed.get(index).key(), delivered.get(index).partitionKey());
      assertArrayEquals(packed.get(index).data(), delivered.get(index).data());
    }
  }

  @Provide
  Arbitrary<List<Inside>> packed() {
    // All but halves of surrogate pairs, which no producer can send.
    Arbitrary<String> keys = Arbitraries.strings()
      .withCharRange('\0', '\uD7FF')
      .withCharRange('\uE000', '\uFFFD')
      .ofMaxLength(256);
    Arbitrary<byte[]> data = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    return Combinators.combine(keys, data).as(Inside::new).list().ofMinSize(1).ofMaxSize(20);
  }

  /** Messages that are often valid, or almost valid. */
  @Provide
  Arbitrary<byte[]> messages() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
    return Arbitraries.oneOf(Arbitraries.of(FRAGMENTS), Arbitraries.of(FRAGMENTS), any)
      .list()
      .ofMaxSize(8)
      .map(AggregatedRecordsPropertyTest::joined);
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  private static StreamRecord record(byte[] data) {
    return new StreamRecord(SequenceNumber.of("7"), Instant.EPOCH, "outer", data);
  }
}
