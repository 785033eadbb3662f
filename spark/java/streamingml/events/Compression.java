package streamingml.events;

import java.util.Arrays;

/** What producers compress records with: gzip (RFC 1952), zlib (RFC 1950), Zstandard (RFC 8878). */
final class Compression {

  private static final byte[][] BEGINNINGS = {
    { 0x1f, (byte) 0x8b },
    { 0x78, 0x01 },
    { 0x78, 0x5e },
    { 0x78, (byte) 0x9c },
    { 0x78, (byte) 0xda },
    { 0x28, (byte) 0xb5, 0x2f, (byte) 0xfd },
  };

  private Compression() {}

  /** Whether bytes that are not text begin like one of these formats. */
  static boolean begins(byte[] data) {
    for (byte[] beginning : BEGINNINGS) {
      int length = beginning.length;
      if (data.length >= length && Arrays.equals(data, 0, length, beginning, 0, length)) {
        return true;
      }
    }
    return false;
  }
}
