package streamingml.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text of {@code personal-data.txt}, which describes its format.
 *
 * @param text without marks
 * @param masked what is expected where everything that is marked is masked
 * @param holdsData whether personal data is in it
 * @param isMasked whether masking is known to mask it
 */
record MaskedText(String text, String masked, boolean holdsData, boolean isMasked) {
  private static final String FILE = "personal-data.txt";

  /** Returns all texts of the file. */
  static List<MaskedText> all() {
    try (InputStream file = MaskedText.class.getResourceAsStream(FILE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("# "))
        .map(MaskedText::of)
        .toList();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static MaskedText of(String line) {
    String marked = line.substring(2);
    String text = marked.replace("«", "").replace("»", "");
    boolean isMarked = !text.equals(marked);
    boolean isMasked = isMarked && line.charAt(0) != '-';
    String masked = marked
      .replaceAll("«[^»]*[@＠][^»]*»", "[email]")
      .replaceAll("«[^»]*»", "[phone]");
    return new MaskedText(text, masked, isMarked && line.charAt(0) != '+', isMasked);
  }

  /** The expected masked text. */
  String expected() {
    return isMasked ? masked : text;
  }
}
