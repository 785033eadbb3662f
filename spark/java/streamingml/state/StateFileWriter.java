package streamingml.state;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes a file: its header, the runs (expiry, number of keys), the keys, and the CRC32C of all
 * this; every number big-endian.
 */
final class StateFileWriter {

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final CRC32C checksum = new CRC32C();

  private StateFileWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a file, without closing it.
   *
   * @param header says which of the keys to write
   */
  static void write(OutputStream out, StateFileHeader header, ExpiringKeys keys)
    throws IOException {
    StateFileWriter writer = new StateFileWriter(out);
    writer.buffer.put(header.toBytes());
    long end = header.end();
    for (long index = header.firstIndex(); index < end; ) {
      long next = Math.min(keys.endOfRun(index), end);
      writer.put(keys.expiresAt(index), next - index);
      index = next;
    }
    for (long index = header.firstIndex(); index < end; index++) {
      writer.put(keys.high(index), keys.low(index));
    }
    writer.flush();
    writer.buffer.putInt((int) writer.checksum.getValue());
    writer.flush();
  }

  private void put(long one, long other) throws IOException {
    if (buffer.remaining() < 2 * Long.BYTES) {
      flush();
    }
    buffer.putLong(one).putLong(other);
  }

  private void flush() throws IOException {
    checksum.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
