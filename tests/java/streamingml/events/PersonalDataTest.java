package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Masks in texts of many countries, and a limit of their time. */
final class PersonalDataTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int LONG = 1_000_000;

  @Test
  void masksWhatTheCorpusMarksAndNothingElse() {
    List<String> wrong = MaskedText.all()
      .stream()
      .filter(one -> !one.expected().equals(PersonalData.mask(one.text())))
      .map(
        one -> one.text() + " -> " + PersonalData.mask(one.text()) + ", expected " + one.expected()
      )
      .toList();
    assertEquals(List.of(), wrong);
  }

  @Test
  void readsAllOfTheCorpus() {
    List<MaskedText> all = MaskedText.all();
    assertTrue(all.stream().filter(MaskedText::holdsData).count() > 120);
    assertTrue(
      all
        .stream()
        .filter(one -> !one.holdsData())
        .count() > 50
    );
  }

  @Test
  void takesTimeThatGrowsWithTheTextAlone() {
    for (String part : List.of(
      "7",
      "7 ",
      "12 ",
      "0123 ",
      "06 12 34 56 78, ",
      "1234567 12345, ",
      "2015-11-24 ",
      "(",
      "+1",
      "1\u200b",
      "\u200b",
      "1.\u200b",
      "a@",
      "\"@",
      "\"a",
      "@[1",
      "a@1.",
      "a\uff20",
      "'",
      "555-123-4567 x"
    )) {
      String text = "1@".concat(part.repeat(LONG / part.length())).concat("\uff20a.de");
      assertTimeoutPreemptively(SOON, () -> PersonalData.mask(text), part);
    }
  }

  @Test
  void masksEveryRunOfDigitsBehindMoreNumbersThanItLooksUp() {
    String noNumber = "1234567 12345";
    assertEquals(noNumber, PersonalData.mask(noNumber));
    String many = IntStream.range(0, PhoneNumbers.MOST_LOOKUPS + 1)
      .mapToObj(number -> noNumber)
      .collect(Collectors.joining(", "));
    String masked = PersonalData.mask(many + ", 91234567 and 20 7");
    assertTrue(masked.startsWith(noNumber + ", " + noNumber), masked);
    assertTrue(masked.endsWith(", [phone], [phone] and 20 7"), masked);
  }

  /** Texts of the parts of numbers and addresses, so that most of them have some. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
      "0123456789@.-+()/ abcxé٣９中한\u00a0\u2011\u200b\ud83d\n\"'#$€%:,_[]".split("")
    )
      .list()
      .ofMaxSize(80)
      .map(parts -> String.join("", parts));
  }

  @Property(tries = 20_000)
  void masksOnlyTextsWithACandidate(@ForAll("texts") String text) {
    String masked = PersonalData.mask(text);
    if (!masked.equals(text)) {
      assertTrue(PersonalData.holdsCandidate(text), text);
      assertTrue(masked.contains("[phone]") || masked.contains("[email]"), masked);
    }
  }
}
