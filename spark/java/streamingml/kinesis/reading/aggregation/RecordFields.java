package streamingml.kinesis.reading.aggregation;

import java.io.IOException;
import streamingml.relocated.com.google.protobuf.CodedInputStream;
import streamingml.relocated.com.google.protobuf.WireFormat;

/**
 * Fields of one record in an aggregated one:
 *
 * <pre>{@code
 * message Record {
 *   required uint64 partition_key_index     = 1;
 *   optional uint64 explicit_hash_key_index = 2;
 *   required bytes  data                    = 3;
 *   repeated Tag    tags                    = 4;
 * }
 * }</pre>
 *
 * @param key number of its partition key in the table
 * @param hashKey number of its explicit hash key in the table, -1 without one
 * @param dataStart where its data begin in the stream
 * @param dataLength how many bytes they are
 */
record RecordFields(int key, int hashKey, int dataStart, int dataLength) {
  private static final int KEY = tag(1, WireFormat.WIRETYPE_VARINT);
  private static final int HASH_KEY = tag(2, WireFormat.WIRETYPE_VARINT);
  private static final int DATA = lengthDelimited(3);

  /**
   * Reads the length of a record and the record.
   *
   * @throws IOException it is cut off, is no such message, or lacks its key or its data
   */
  static RecordFields read(CodedInputStream input) throws IOException {
    int outerLimit = input.pushLimit(input.readRawVarint32());
    int key = -1;
    int hashKey = -1;
    int dataStart = -1;
    int dataLength = 0;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == KEY) {
        key = index(input);
      } else if (tag == HASH_KEY) {
        hashKey = index(input);
      } else if (tag == DATA) {
        dataLength = input.readRawVarint32();
        dataStart = input.getTotalBytesRead();
        input.skipRawBytes(dataLength);
      } else {
        skip(input, tag);
      }
    }
    if (key < 0 || dataStart < 0) {
      throw new IOException("A record has no partition key or no data.");
    }
    input.popLimit(outerLimit);
    return new RecordFields(key, hashKey, dataStart, dataLength);
  }

  /** Skips a field that is not needed. */
  static void skip(CodedInputStream input, int tag) throws IOException {
    if (!input.skipField(tag)) {
      throw new IOException("A group ends that has not begun.");
    }
  }

  /** The tag of a field that holds a string, bytes or a message. */
  static int lengthDelimited(int field) {
    return tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  private static int tag(int field, int wireType) {
    return (field << 3) | wireType;
  }

  private static int index(CodedInputStream input) throws IOException {
    long index = input.readUInt64();
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw new IOException("A key has a number that no table can have.");
    }
    return (int) index;
  }
}
