package streamingml.events;

/** What the contract asks about a text. A character is a code point. */
final class Texts {

  private Texts() {}

  /** False for half of a surrogate pair: UTF-8 has no bytes for it, so it would become another text. */
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
    // A character is one or two units of Java's strings, and their number is known.
    return (
      value.length() < characters ||
      (value.length() < 2L * characters && value.codePointCount(0, value.length()) < characters)
    );
  }

  static boolean isLongerThan(String value, int characters) {
    return value.length() > characters && value.codePointCount(0, value.length()) > characters;
  }

  /** Whether a text holds nothing but white space. */
  static boolean isBlank(String value) {
    for (int position = 0; position < value.length(); position++) {
      if (!isWhiteSpace(value.charAt(position))) {
        return false;
      }
    }
    return true;
  }

  /** Unicode's White_Space; Java's own notions of white space leave out some of it. */
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
