package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The check of a text's bytes finds every candidate that the searches in its characters find. */
final class MaskBytesTest {

  private static final int WORD = 8;

  private static boolean mayHold(String text) {
    return MaskBytes.mayHoldCandidate(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void countsDigitsOfEveryScript() {
    List<Integer> missed = new ArrayList<>();
    for (int character = 0; character <= Character.MAX_VALUE; character++) {
      if (Character.isDigit((char) character) != mayHold(Character.toString(character).repeat(7))) {
        missed.add(character);
      }
    }
    // Both are an at sign, and any character of a label may follow.
    assertEquals(List.of(0xfe6b, 0xff20), missed);
  }

  @Test
  void countsNoOtherCharacterAsADigit() {
    assertTrue(mayHold("1 23 45 6 7"));
    assertFalse(mayHold("1 23 45 6 /:²½Ⅷ\ud835\udfce"));
  }

  @Test
  void findsAnAddressWhereverItsPartsFallInTheStepsOfEightBytes() {
    for (int before = 0; before <= 2 * WORD; before++) {
      for (int label = 1; label <= 2 * WORD; label++) {
        String head = "é " + "x".repeat(before) + "@";
        String text = head + "y".repeat(label) + ".de";
        assertTrue(mayHold(text), text);
        assertFalse(mayHold(text.replace('.', ' ')), text);
      }
    }
  }

  @Test
  void passesOverWhatIsNoAddress() {
    for (String text : List.of("", "@", "@.", "a@ b.de", "@home", "a@b@c", "a@b", "12@34.", "@[")) {
      assertEquals(PersonalData.holdsCandidate(text), mayHold(text), text);
    }
    assertFalse(mayHold("@home, @work"));
    assertTrue(mayHold("root@[10.0.0.1]"));
    assertTrue(mayHold("info@müller.de"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
      "0123456789@@@..-+()/ abcxéü٣９²中한\u00a0\u2011\u200b\ufe0f\ufffd\uff20\ufe6b\n\"'_[]".split(
        ""
      )
    )
      .list()
      .ofMaxSize(60)
      .map(parts -> String.join("", parts));
  }

  @Property(tries = 20_000)
  void neverMissesACandidate(@ForAll("texts") String text) {
    assertTrue(mayHold(text) || !PersonalData.holdsCandidate(text), text);
  }
}
