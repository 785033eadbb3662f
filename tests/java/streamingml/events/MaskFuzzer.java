package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An address between any characters is masked; a text without a candidate is unchanged. */
public final class MaskFuzzer {

  private static final String ADDRESS = "jane.doe@example.com";

  private MaskFuzzer() {}

  /** Reads the bytes as two texts; the first byte is the start of the second. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int middle = 1 + (Byte.toUnsignedInt(input[0]) % input.length);
    String before = text(input, 1, middle);
    String after = text(input, middle, input.length);
    String whole = before + after;
    String masked = PersonalData.mask(whole);
    if (!PersonalData.holdsCandidate(whole)) {
      assertEquals(whole, masked);
    } else {
      assertTrue(MaskBytes.mayHoldCandidate(whole.getBytes(StandardCharsets.UTF_8)), whole);
    }
    assertFalse(PersonalData.mask(before + " " + ADDRESS + " " + after).contains(ADDRESS));
  }

  private static String text(byte[] input, int start, int end) {
    return new String(
      Arrays.copyOfRange(input, Math.min(start, end), end),
      StandardCharsets.UTF_8
    ).replace(ADDRESS, "");
  }
}
