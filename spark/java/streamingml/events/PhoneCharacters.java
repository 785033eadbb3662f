package streamingml.events;

/** The characters of phone numbers, in any script and with typographic variants. */
final class PhoneCharacters {

  private static final int NO_DIGIT = -1;

  private PhoneCharacters() {}

  /** Returns 0 to 9 for a decimal digit of any script, a negative number for any other character. */
  static int digit(char character) {
    if (character < 0x80) {
      return character >= '0' && character <= '9' ? character - '0' : NO_DIGIT;
    }
    return Character.digit(character, 10);
  }

  /** Whether a character may be between two digits of one number. */
  static boolean isBetweenDigits(char character) {
    if (character < 0x80) {
      return switch (character) {
        case ' ', '.', '-', '(', ')', '/' -> true;
        default -> false;
      };
    }
    return (
      isSpace(character) ||
      isDot(character) ||
      isHyphen(character) ||
      isOpening(character) ||
      isClosing(character) ||
      isSlash(character) ||
      isInvisible(character)
    );
  }

  /** A space within a line, including no-break spaces. */
  static boolean isSpace(char character) {
    return character == ' ' || Character.getType(character) == Character.SPACE_SEPARATOR;
  }

  static boolean isDot(char character) {
    return character == '.' || character == '\uff0e';
  }

  static boolean isHyphen(char character) {
    return switch (character) {
      // The minus sign, and the long vowel mark of Japanese keyboards.
      case '-', '\u2212', '\u30fc', '\uff0d' -> true;
      default -> character >= '\u2010' && character <= '\u2015';
    };
  }

  static boolean isSlash(char character) {
    return character == '/' || character == '\uff0f';
  }

  static boolean isOpening(char character) {
    return character == '(' || character == '\uff08';
  }

  static boolean isClosing(char character) {
    return character == ')' || character == '\uff09';
  }

  static boolean isPlus(char character) {
    return character == '+' || character == '\uff0b';
  }

  /** Invisible marks of direction and width, which numbers copied from contacts have. */
  static boolean isInvisible(char character) {
    return character >= 0x80 && Character.getType(character) == Character.FORMAT;
  }

  /** Letters of scripts that put spaces around a number, unlike Hangul or Han. */
  static boolean isOfWord(char character) {
    if (character < 0x80) {
      return (
        (character >= 'a' && character <= 'z') ||
        (character >= 'A' && character <= 'Z') ||
        character == '_'
      );
    }
    return (
      Character.isLetter(character) &&
      switch (Character.UnicodeScript.of(character)) {
        case LATIN, CYRILLIC, GREEK -> true;
        default -> false;
      }
    );
  }
}
