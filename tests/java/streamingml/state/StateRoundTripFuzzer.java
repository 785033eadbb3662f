package streamingml.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import streamingml.state.StateFileName.Kind;

/** A state is read as it was written, after any additions and removals. */
public final class StateRoundTripFuzzer {

  private static final StateFileName NAME = new StateFileName(7, Kind.SEGMENT);
  private static final int MOST_CHANGES = 300;

  private StateRoundTripFuzzer() {}

  /** Changes a state as the input says, writes it and reads it. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
    ExpiringKeys keys = new ExpiringKeys(0, 0);
    for (int count = data.consumeInt(0, MOST_CHANGES); count > 0; count--) {
      if (keys.size() > 0 && data.consumeInt(0, 3) == 0) {
        keys.removeFirst();
      } else {
        // Few values, so that keys come again after they were removed.
        keys.addIfAbsent(data.consumeInt(0, 3), data.consumeByte(), data.consumeInt(0, 2));
      }
    }
    ExpiringKeys read = new ExpiringKeys(keys.removedTotal(), keys.size());
    new StateFileReader(new ByteArrayInputStream(written(keys)), NAME).addTo(read);
    assertEquals(keys.addedTotal(), read.addedTotal());
    assertEquals(keys.size(), read.size());
    for (long index = keys.removedTotal(); index < keys.addedTotal(); index++) {
      assertEquals(keys.high(index), read.high(index));
      assertEquals(keys.low(index), read.low(index));
      assertEquals(keys.expiresAt(index), read.expiresAt(index));
      assertEquals(index, read.find(keys.high(index), keys.low(index)));
    }
  }

  private static byte[] written(ExpiringKeys keys) throws IOException {
    long first = keys.removedTotal();
    long runs = keys.runsFrom(first);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateFileHeader header = new StateFileHeader(NAME, first, first, keys.size(), runs, 0, 0);
    StateFileWriter.write(bytes, header, keys);
    return bytes.toByteArray();
  }
}
