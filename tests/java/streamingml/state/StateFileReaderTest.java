package streamingml.state;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamingml.state.StateFileName.Kind;

/** Values in a state file's header are checked before they are used. */
class StateFileReaderTest {

  private static final StateFileName DELTA = new StateFileName(3, Kind.DELTA);
  private static final StateFileName SEGMENT = new StateFileName(8, Kind.SEGMENT);
  private static final int KIND = 2 * Integer.BYTES;

  /** Two runs, of two keys that expire at 100 and of one that expires at 200. */
  private static byte[] threeKeys() {
    return StateFileBytes.of(counting(3, 2), 100, 2, 200, 1, 1, 2, 3, 4, 5, 6);
  }

  private static StateFileHeader counting(long keys, long runs) {
    return new StateFileHeader(DELTA, 0, 0, keys, runs, 0, 0);
  }

  private static String refusal(byte[] file, StateFileName name) {
    return assertThrows(CorruptStateException.class, () ->
      StateFileBytes.read(file, name)
    ).getMessage();
  }

  private static byte[] ofKind(int kind) {
    byte[] file = threeKeys();
    ByteBuffer.wrap(file).putInt(KIND, kind);
    StateFileBytes.mend(file);
    return file;
  }

  @Test
  void readsItsKeys() throws IOException {
    ExpiringKeys keys = StateFileBytes.read(threeKeys(), DELTA);
    assertEquals(3, keys.size());
    assertEquals(1, keys.find(3, 4));
    assertEquals(100, keys.expiresAt(1));
    assertEquals(200, keys.expiresAt(2));
  }

  @Test
  void endsTooEarlyWhereverItIsCut() {
    byte[] whole = threeKeys();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(
        EOFException.class,
        () -> StateFileBytes.read(cut, DELTA),
        () -> cut.length + " bytes"
      );
    }
  }

  @Test
  void isRefusedWithAnyBitChanged() {
    for (int bit = 0; bit < Byte.SIZE * threeKeys().length; bit++) {
      byte[] changed = threeKeys();
      changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      int place = bit;
      // A run of another length is found before the checksum is compared.
      assertThrows(
        CorruptStateException.class,
        () -> StateFileBytes.read(changed, DELTA),
        () -> "bit " + place
      );
    }
  }

  @Test
  void tellsAnotherFormatFromADamagedHeader() {
    byte[] other = threeKeys();
    other[Integer.BYTES + 3]++;
    String start = "expected to start with %08x in format %d, but received %08x and %d";
    int magic = ByteBuffer.wrap(other).getInt();
    int format = ByteBuffer.wrap(other).getInt(Integer.BYTES);
    assertEquals(start.formatted(magic, format - 1, magic, format), refusal(other, DELTA));
    byte[] damaged = threeKeys();
    damaged[KIND + 3]++;
    assertEquals("the checksum of its header is wrong", refusal(damaged, DELTA));
  }

  @Test
  void isRefusedWithMoreBehindItsEnd() {
    byte[] longer = Arrays.copyOf(threeKeys(), threeKeys().length + 1);
    assertEquals(
      "it was expected to end with the checksum %08x of its content, but did not".formatted(
        ByteBuffer.wrap(threeKeys()).getInt(threeKeys().length - Integer.BYTES)
      ),
      refusal(longer, DELTA)
    );
  }

  @ParameterizedTest
  @ValueSource(ints = { -1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE })
  void isOfAKindThatThereIs(int kind) {
    assertEquals("its content is of an unknown kind, " + kind, refusal(ofKind(kind), DELTA));
  }

  @Test
  void isTheFileOfItsName() {
    assertEquals("its content belongs to a file named 3.segment", refusal(ofKind(1), DELTA));
    assertEquals(
      "its content belongs to a file named 3.delta",
      refusal(threeKeys(), new StateFileName(4, Kind.DELTA))
    );
  }

  @ParameterizedTest
  @CsvSource({
    // removedTotal, firstIndex, keyCount, runCount, segment, segmentEnd
    "-1, 0, 0, 0, 0, 0",
    "1, 0, 0, 0, 0, 0",
    "0, 0, -1, 0, 0, 0",
    "0, 1, 9223372036854775807, 1, 0, 0",
    "0, 0, 3, -1, 0, 0",
    "0, 0, 3, 4, 0, 0",
    "0, 0, 0, 0, -1, 0",
    "0, 0, 0, 0, 4, 0",
    "0, 0, 0, 0, 0, -1",
  })
  void tellsNothingThatNoFileCanHold(
    long removedTotal,
    long firstIndex,
    long keyCount,
    long runCount,
    long segment,
    long segmentEnd
  ) {
    StateFileHeader header = new StateFileHeader(
      DELTA,
      removedTotal,
      firstIndex,
      keyCount,
      runCount,
      segment,
      segmentEnd
    );
    assertEquals(
      "its header is not possible (" + header + ")",
      refusal(StateFileBytes.of(header), DELTA)
    );
  }

  @Test
  void followsNoSegmentThatIsItselfOrALaterOne() {
    for (long before : new long[] { 8, 9, Long.MAX_VALUE }) {
      StateFileHeader header = new StateFileHeader(SEGMENT, 0, 0, 0, 0, before, 0);
      assertEquals(
        "its header is not possible (" + header + ")",
        refusal(StateFileBytes.of(header), SEGMENT)
      );
    }
  }

  @Test
  void tellsAllThatAFileCanHold() {
    StateFileHeader largest = new StateFileHeader(DELTA, 7, 9, Long.MAX_VALUE - 9, 2, 3, 9);
    assertDoesNotThrow(() -> StateFileHeader.parse(largest.toBytes(), DELTA));
    StateFileHeader afterAnother = new StateFileHeader(SEGMENT, 5, 5, 2, 2, 7, 5);
    assertDoesNotThrow(() -> StateFileHeader.parse(afterAnother.toBytes(), SEGMENT));
  }

  @ParameterizedTest
  @ValueSource(longs = { 1L << 31, 1L << 40, Long.MAX_VALUE })
  void takesNoRoomForRunsOrKeysThatDoNotCome(long count) {
    assertThrows(EOFException.class, () ->
      StateFileBytes.read(StateFileBytes.of(counting(count, count)), DELTA)
    );
    assertThrows(EOFException.class, () ->
      StateFileBytes.read(StateFileBytes.of(counting(count, 1), 100, count, 1, 2), DELTA)
    );
  }

  @ParameterizedTest
  @ValueSource(longs = { 0, -1, 4, Long.MIN_VALUE, Long.MAX_VALUE })
  void hasNoRunOfNoKeysOrOfMoreThanThereAre(long run) {
    assertEquals(
      "it was expected to have 3 more keys, but a run of them has " + run,
      refusal(StateFileBytes.of(counting(3, 1), 100, run, 1, 2, 3, 4, 5, 6), DELTA)
    );
    assertEquals(
      "it was expected to have 2 more keys, but a run of them has 3",
      refusal(StateFileBytes.of(counting(3, 2), 100, 1, 200, 3, 1, 2, 3, 4, 5, 6), DELTA)
    );
  }

  @Test
  void hasAsManyKeysAsItsRuns() {
    assertEquals(
      "it was expected to have 2 more keys than its runs have",
      refusal(StateFileBytes.of(counting(3, 1), 100, 1, 1, 2, 3, 4, 5, 6), DELTA)
    );
    assertEquals(
      "it was expected to have 3 more keys than its runs have",
      refusal(StateFileBytes.of(counting(3, 0), 1, 2, 3, 4, 5, 6), DELTA)
    );
  }
}
