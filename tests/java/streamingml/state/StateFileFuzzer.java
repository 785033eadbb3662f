package streamingml.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import streamingml.state.StateFileName.Kind;

/**
 * Any bytes are a file of the state or refused as a damaged one, also where their checksums are right: what a file says
 * of itself is never believed further than its bytes reach.
 */
public final class StateFileFuzzer {

  private static final StateFileName NAME = new StateFileName(1, Kind.DELTA);

  private StateFileFuzzer() {}

  /** Reads the bytes after the first one; if that one is odd, with corrected checksums. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] file = Arrays.copyOfRange(input, 1, input.length);
    if (input[0] % 2 != 0) {
      // A fuzzer would need long to guess what every file begins with.
      StateFileBytes.mend(file);
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
    keys.removeFromIndex();
  }
}
