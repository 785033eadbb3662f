package streamingml.events;

/**
 * Finds e-mail addresses as this regular expression does, in time that grows with the text alone:
 *
 * <pre>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}</pre>
 *
 * <p>Java's matcher begins anew at every character in front of an at sign, which takes a tenth of a
 * second for some texts of 2,000 characters, and calls itself for every label of a domain.
 */
final class EmailAddresses {

  private static final int NONE = -1;
  private static final int FEWEST_LETTERS_AT_THE_END = 2;

  private EmailAddresses() {}

  /** Returns {@code text} with every address replaced by {@code mask}. */
  static String replaced(String text, String mask) {
    StringBuilder result = new StringBuilder(text.length());
    int copied = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int start = at;
      while (start > copied && isOfName(text.charAt(start - 1))) {
        start--;
      }
      int end = start < at ? domainEnd(text, at + 1) : NONE;
      if (end != NONE) {
        result.append(text, copied, start).append(mask);
        copied = end;
      }
    }
    return copied == 0 ? text : result.append(text, copied, text.length()).toString();
  }

  /** Whether a character may stand in one of the parts of a domain that points separate. */
  static boolean isOfLabel(char character) {
    return isLetter(character) || isDigit(character) || character == '-';
  }

  /** Where a domain ends: in the last of its labels that begins with letters, behind these. */
  private static int domainEnd(String text, int start) {
    int end = NONE;
    int position = labelEnd(text, start);
    boolean hasNext = position > start;
    while (hasNext && position < text.length() && text.charAt(position) == '.') {
      int label = position + 1;
      int letters = label;
      while (letters < text.length() && isLetter(text.charAt(letters))) {
        letters++;
      }
      if (letters - label >= FEWEST_LETTERS_AT_THE_END) {
        end = letters;
      }
      position = labelEnd(text, letters);
      hasNext = position > label;
    }
    return end;
  }

  private static int labelEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isOfLabel(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfName(char character) {
    return (
      isOfLabel(character) ||
      switch (character) {
        case '.', '_', '%', '+' -> true;
        default -> false;
      }
    );
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
