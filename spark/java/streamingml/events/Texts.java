package streamingml.events;

/** Checks of texts. A character is a code point. */
final class Texts {

  private Texts() {}

  /** False for unpaired surrogates: UTF-8 cannot encode them, so the text would change. */
  static boolean isUnicode(String value) {
    int length = value.length();
    for (int position = 0; position < length; position++) {
      char character = value.charAt(position);
      if (Character.isSurrogate(character)) {
        position++;
        if (position == length || !Character.isSurrogatePair(character, value.charAt(position))) {
          return false;
        }
      }
    }
    return true;
  }

  static boolean isShorterThan(String value, int characters) {
    // A character is one or two UTF-16 units, whose number is known.
    return (
      value.length() < characters ||
      (value.length() < 2L * characters && value.codePointCount(0, value.length()) < characters)
    );
  }

  static boolean isLongerThan(String value, int characters) {
    return value.length() > characters && value.codePointCount(0, value.length()) > characters;
  }

  /** Whether a text has only white space. */
  static boolean isBlank(String value) {
    for (int position = 0; position < value.length(); position++) {
      if (!isWhiteSpace(value.charAt(position))) {
        return false;
      }
    }
    return true;
  }

  /** Unicode's White_Space; Java's own methods leave out some of it. */
  private static boolean isWhiteSpace(char character) {
    return (
      character == ' ' ||
      (character >= '\t' && character <= '\r') ||
      (character >= '\u2000' && character <= '\u200a') ||
      switch (character) {
        case '\u0085', '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000' -> true;
        default -> false;
      }
    );
  }
}
