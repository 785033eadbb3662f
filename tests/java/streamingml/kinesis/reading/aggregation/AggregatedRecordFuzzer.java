package streamingml.kinesis.reading.aggregation;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;

/** Any bytes, also with the mark and the digest of an aggregated record, are taken apart or delivered as they are. */
public final class AggregatedRecordFuzzer {

  private static final SequenceNumber NUMBER = SequenceNumber.of("1");

  private AggregatedRecordFuzzer() {}

  /** Reads the bytes as a record, and as the message of an aggregated one. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(input);
    check(AggregatedRecordWriter.packed(input));
  }

  private static void check(byte[] data) {
    StreamRecord record = new StreamRecord(NUMBER, Instant.EPOCH, "key", data);
    List<StreamRecord> delivered = AggregatedRecords.of(record);
    assertTrue(delivered.size() > 0);
    long bytes = 0;
    for (StreamRecord one : delivered) {
      assertNotNull(one.partitionKey());
      bytes += one.data().length;
    }
    assertTrue(bytes <= data.length, "more bytes came out than went in");
  }
}
