package streamingml.state;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import streamingml.state.StateFileName.Kind;

/**
 * The first bytes of a file: the range of its keys in the queue, and where earlier keys are.
 *
 * <p>Big-endian: magic number, format version, kind (4 bytes each), the fields below (8 bytes
 * each), CRC32C of all this (4 bytes).
 *
 * @param name of the file
 * @param removedTotal number of keys removed up to this version
 * @param firstIndex index of the first key in the file
 * @param keyCount number of keys in the file
 * @param runCount number of runs of keys that expire together
 * @param segment version of the newest segment that is also needed: for a delta the newest one up to
 *     its own version, for a segment the previous one; 0 for none
 * @param segmentEnd index after the last key of that segment; 0 for none
 */
record StateFileHeader(
  StateFileName name,
  long removedTotal,
  long firstIndex,
  long keyCount,
  long runCount,
  long segment,
  long segmentEnd
) {
  /** Size in bytes. */
  static final int BYTES = 4 * Integer.BYTES + 7 * Long.BYTES;

  // "EXPK"
  private static final int MAGIC = 0x4558504B;
  private static final int FORMAT = 1;

  /** Returns the index after the last key of the file. */
  long end() {
    return firstIndex + keyCount;
  }

  /** Returns the bytes of the header. */
  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putInt(MAGIC).putInt(FORMAT).putInt(name.kind().ordinal());
    bytes.putLong(name.version()).putLong(removedTotal).putLong(firstIndex);
    bytes.putLong(keyCount).putLong(runCount).putLong(segment).putLong(segmentEnd);
    bytes.putInt(checksum(bytes.array()));
    return bytes.array();
  }

  /**
   * Returns the header of a file.
   *
   * @param bytes the first {@link #BYTES} of the file
   * @param expected name of the file
   * @throws CorruptStateException when this is not a header, or the header of another file
   */
  static StateFileHeader parse(byte[] bytes, StateFileName expected) throws CorruptStateException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int magic = buffer.getInt();
    int format = buffer.getInt();
    if (magic != MAGIC || format != FORMAT) {
      throw new CorruptStateException(
        String.format(
          "expected to start with %08x in format %d, but received %08x and %d",
          MAGIC,
          FORMAT,
          magic,
          format
        )
      );
    }
    if (ByteBuffer.wrap(bytes).getInt(BYTES - Integer.BYTES) != checksum(bytes)) {
      throw new CorruptStateException("the checksum of its header is wrong");
    }
    int kind = buffer.getInt();
    long version = buffer.getLong();
    if (kind < 0 || kind >= Kind.values().length) {
      throw new CorruptStateException("its content is of an unknown kind, " + kind);
    }
    StateFileName name = new StateFileName(version, Kind.values()[kind]);
    if (!name.equals(expected)) {
      throw new CorruptStateException("its content belongs to a file named " + name);
    }
    StateFileHeader header = new StateFileHeader(
      name,
      buffer.getLong(),
      buffer.getLong(),
      buffer.getLong(),
      buffer.getLong(),
      buffer.getLong(),
      buffer.getLong()
    );
    if (!header.isPossible()) {
      throw new CorruptStateException("its header is not possible (" + header + ")");
    }
    return header;
  }

  /** A checksum detects damage, but not a wrong content. */
  private boolean isPossible() {
    // A chain of segments that does not lead back would be followed without end.
    long newestSegment = name.kind() == Kind.SEGMENT ? name.version() - 1 : name.version();
    return (
      removedTotal >= 0 &&
      firstIndex >= removedTotal &&
      keyCount <= Long.MAX_VALUE - firstIndex &&
      runCount >= 0 &&
      keyCount >= runCount &&
      segment >= 0 &&
      segment <= newestSegment &&
      segmentEnd >= 0
    );
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, BYTES - Integer.BYTES);
    return (int) checksum.getValue();
  }
}
