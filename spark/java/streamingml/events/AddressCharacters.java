package streamingml.events;

/** The characters of email addresses: RFC 5322, and RFC 6531 for letters of any script. */
final class AddressCharacters {

  private AddressCharacters() {}

  /** Whether a character may be in a label of a domain, between two dots. */
  static boolean isOfLabel(char character) {
    return isLetter(character) || isDigit(character) || character == '-';
  }

  /**
   * Whether a character may be before the at sign. The standards also allow slash, equals sign and
   * question mark, but text with them before an at sign is nearly always a link.
   */
  static boolean isOfName(char character) {
    return (
      isOfLabel(character) ||
      character == '.' ||
      isMark(character) ||
      switch (character) {
        case '%', '+', '!', '#', '$', '&' -> true;
        default -> false;
      }
    );
  }

  /** A mark that may be inside a name, or around an address as quotation marks or emphasis. */
  static boolean isMark(char character) {
    return switch (character) {
      case '\'', '\u2019', '\u2018', '`', '*', '_', '~', '^', '{', '|', '}' -> true;
      default -> false;
    };
  }

  /** A letter of any script, or a combining or invisible mark. */
  static boolean isLetter(char character) {
    if (character < 0x80) {
      return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }
    return switch (Character.getType(character)) {
      case
        Character.UPPERCASE_LETTER,
        Character.LOWERCASE_LETTER,
        Character.TITLECASE_LETTER,
        Character.MODIFIER_LETTER,
        Character.OTHER_LETTER,
        Character.NON_SPACING_MARK,
        Character.COMBINING_SPACING_MARK,
        Character.FORMAT -> true;
      default -> false;
    };
  }

  static boolean isDigit(char character) {
    return (
      (character >= '0' && character <= '9') ||
      (character >= 0x80 && Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER)
    );
  }

  /** Letters of scripts that put no space between an address and the words around it. */
  static boolean isUnspaced(char character) {
    return (
      character >= 0x0e00 &&
      Character.isLetter(character) &&
      switch (Character.UnicodeScript.of(character)) {
        case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
        default -> false;
      }
    );
  }

  /** A letter of any other script. */
  static boolean isSpaced(char character) {
    return Character.isLetter(character) && !isUnspaced(character);
  }
}
