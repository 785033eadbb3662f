package streamingml.kinesis.reading.aggregation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import streamingml.relocated.com.google.protobuf.CodedInputStream;

/**
 * The positions of the keys and records in an {@code AggregatedRecord}, a Protocol Buffers message:
 *
 * <pre>{@code
 * message AggregatedRecord {
 *   repeated string partition_key_table     = 1;
 *   repeated string explicit_hash_key_table = 2;
 *   repeated Record records                 = 3;
 * }
 * }</pre>
 *
 * <p>The whole message is parsed before the first record is returned: either all of it is valid, or nothing is used.
 */
final class AggregatedMessage {

  private static final int PARTITION_KEY = RecordFields.lengthDelimited(1);
  private static final int EXPLICIT_HASH_KEY = RecordFields.lengthDelimited(2);
  private static final int RECORD = RecordFields.lengthDelimited(3);

  private final byte[] bytes;
  /** Two numbers per key, start and length, because a record may have millions of keys. */
  private final int[] keys;
  /** Three numbers per record: index of its key, start and length of its data. */
  private final int[] records;

  private AggregatedMessage(byte[] bytes, int[] keys, int[] records) {
    this.bytes = bytes;
    this.keys = keys;
    this.records = records;
  }

  /**
   * Reads a message.
   *
   * @param bytes hold it, and are kept
   * @param offset where it begins
   * @param length how long it is
   * @throws IOException it is not such a message
   */
  static AggregatedMessage read(byte[] bytes, int offset, int length) throws IOException {
    CodedInputStream input = CodedInputStream.newInstance(bytes, offset, length);
    IntStream.Builder keys = IntStream.builder();
    IntStream.Builder records = IntStream.builder();
    int keyCount = 0;
    int hashKeyCount = 0;
    int lastKey = -1;
    int lastHashKey = -1;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == PARTITION_KEY) {
        int keyLength = input.readRawVarint32();
        keys.add(offset + input.getTotalBytesRead()).add(keyLength);
        input.skipRawBytes(keyLength);
        keyCount++;
      } else if (tag == RECORD) {
        RecordFields fields = RecordFields.read(input);
        records
          .add(fields.key())
          .add(offset + fields.dataStart())
          .add(fields.dataLength());
        lastKey = Math.max(lastKey, fields.key());
        lastHashKey = Math.max(lastHashKey, fields.hashKey());
      } else {
        RecordFields.skip(input, tag);
        hashKeyCount += tag == EXPLICIT_HASH_KEY ? 1 : 0;
      }
    }
    // The tables may come after the records.
    if (lastKey >= keyCount || lastHashKey >= hashKeyCount) {
      throw new IOException("A record names a key that is not in the tables.");
    }
    return new AggregatedMessage(bytes, keys.build().toArray(), records.build().toArray());
  }

  /** Number of records. */
  int size() {
    return records.length / 3;
  }

  /** The partition key of a record. */
  String partitionKey(int index) {
    int key = 2 * records[3 * index];
    return new String(bytes, keys[key], keys[key + 1], StandardCharsets.UTF_8);
  }

  /** A copy of the data of a record. */
  byte[] data(int index) {
    int start = records[3 * index + 1];
    return Arrays.copyOfRange(bytes, start, start + records[3 * index + 2]);
  }
}
