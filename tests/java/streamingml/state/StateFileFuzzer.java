package streamingml.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import streamingml.state.StateFileName.Kind;

/**
 * Any bytes are a file of the state or refused as a damaged one, also where their checksums are right: what a file says
 * of itself is never believed further than its bytes reach.
 */
public final class StateFileFuzzer {

  private static final StateFileName NAME = new StateFileName(1, Kind.DELTA);
  private static final int HEADER_CHECKSUM = StateFileHeader.BYTES - Integer.BYTES;

  private StateFileFuzzer() {}

  /** Reads what follows the first byte; where that is odd, with its checksums put right. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] file = Arrays.copyOfRange(input, 1, input.length);
    if (input[0] % 2 != 0) {
      mend(file);
    }
    ExpiringKeys keys = new ExpiringKeys(0, 0);
    StateFileHeader header;
    try {
      StateFileReader reader = new StateFileReader(new ByteArrayInputStream(file), NAME);
      header = reader.header();
      reader.addTo(keys);
    } catch (CorruptStateException | EOFException damaged) {
      return;
    } catch (IOException error) {
      throw new AssertionError("A file in memory could not be read.", error);
    }
    assertTrue(header.keyCount() >= keys.size());
    assertEquals(header.firstIndex(), 0);
    keys.settle();
  }

  private static void mend(byte[] file) {
    if (file.length < StateFileHeader.BYTES + Integer.BYTES) {
      return;
    }
    // A fuzzer would need long to guess what every file begins with.
    ByteBuffer.wrap(file).putInt(0x4558504B).putInt(1);
    ByteBuffer.wrap(file).putInt(HEADER_CHECKSUM, checksum(file, HEADER_CHECKSUM));
    int end = file.length - Integer.BYTES;
    ByteBuffer.wrap(file).putInt(end, checksum(file, end));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
