package streamingml.state;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Invented state files: any bytes, with correct checksums. */
final class StateFileBytes {

  private static final int HEADER_CHECKSUM = StateFileHeader.BYTES - Integer.BYTES;

  private StateFileBytes() {}

  /** Returns a file of a header and of numbers after it. */
  static byte[] of(StateFileHeader header, long... numbers) {
    int length = StateFileHeader.BYTES + numbers.length * Long.BYTES + Integer.BYTES;
    ByteBuffer file = ByteBuffer.allocate(length).put(header.toBytes());
    Arrays.stream(numbers).forEach(file::putLong);
    mend(file.array());
    return file.array();
  }

  /** Corrects the first bytes of a file and both checksums, if the file is long enough for them. */
  static void mend(byte[] file) {
    if (file.length < StateFileHeader.BYTES + Integer.BYTES) {
      return;
    }
    ByteBuffer.wrap(file).putInt(0x4558504B).putInt(1);
    ByteBuffer.wrap(file).putInt(HEADER_CHECKSUM, checksum(file, HEADER_CHECKSUM));
    int end = file.length - Integer.BYTES;
    ByteBuffer.wrap(file).putInt(end, checksum(file, end));
  }

  /** Returns the keys of a file that is the first of its state. */
  static ExpiringKeys read(byte[] file, StateFileName name) throws IOException {
    ExpiringKeys keys = new ExpiringKeys(0, 0);
    new StateFileReader(new ByteArrayInputStream(file), name).addTo(keys);
    return keys;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
