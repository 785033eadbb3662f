package streamingml.state;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Reads a file that {@link StateFileWriter} has written. */
final class StateFileReader {

  private final CRC32C checksum = new CRC32C();
  private final DataInputStream in;
  private final StateFileHeader header;

  /**
   * Reads the header.
   *
   * @param file closed by the caller
   * @param name of the file
   */
  StateFileReader(InputStream file, StateFileName name) throws IOException {
    in = new DataInputStream(
      new CheckedInputStream(new BufferedInputStream(file, 1 << 16), checksum)
    );
    byte[] bytes = new byte[StateFileHeader.BYTES];
    in.readFully(bytes);
    header = StateFileHeader.parse(bytes, name);
  }

  /** Returns the header. */
  StateFileHeader header() {
    return header;
  }

  /**
   * Adds the keys of the file to a state, without those that it has removed. After an error the state
   * is incomplete and must not be used.
   */
  void addTo(ExpiringKeys keys) throws IOException {
    if (
      header.firstIndex() > keys.addedTotal() ||
      (keys.size() > 0 && header.firstIndex() < keys.addedTotal())
    ) {
      throw new CorruptStateException(
        "it was expected to start with key number " +
          keys.addedTotal() +
          ", but starts with number " +
          header.firstIndex()
      );
    }
    long index = header.firstIndex();
    long removedTotal = keys.removedTotal();
    for (Run run : readRuns()) {
      for (long end = index + run.keys(); index < end; index++) {
        long high = in.readLong();
        long low = in.readLong();
        if (index >= removedTotal && keys.addIfAbsent(high, low, run.expiry()) != KeyTable.ABSENT) {
          throw new CorruptStateException(
            "the key (%d, %d) was expected only once, but is there twice".formatted(high, low)
          );
        }
      }
    }
    int expected = (int) checksum.getValue();
    int received = in.readInt();
    if (received != expected || in.read() >= 0) {
      throw new CorruptStateException(
        String.format(
          "it was expected to end with the checksum %08x of its content, but did not",
          expected
        )
      );
    }
  }

  /** The memory grows with the keys that are read, because their number in the header may be wrong. */
  private List<Run> readRuns() throws IOException {
    List<Run> runs = new ArrayList<>();
    long missing = header.keyCount();
    for (long count = header.runCount(); count > 0; count--) {
      Run run = new Run(in.readLong(), in.readLong());
      if (run.keys() < 1 || run.keys() > missing) {
        throw new CorruptStateException(
          "it was expected to have %d more keys, but a run of them has %d".formatted(
            missing,
            run.keys()
          )
        );
      }
      missing -= run.keys();
      runs.add(run);
    }
    if (missing > 0) {
      throw new CorruptStateException(
        "it was expected to have %d more keys than its runs have".formatted(missing)
      );
    }
    return runs;
  }

  private record Run(long expiry, long keys) {}
}
