package streamingml.events;

/**
 * Finds e-mail addresses as this regular expression does, where letters and digits are those of any
 * script, in time that grows with the text alone:
 *
 * <pre>(?:[letters digits .%+!#$&amp;-]|marks)+@[letters digits -]+(?:\\.[letters digits -]+)*\\.[letters]{2,}</pre>
 *
 * <p>Marks in front are quotation or emphasis and stay. Beside it there are names in quotation marks
 * ({@code "a b"@example.com}), addresses of hosts ({@code root@[10.0.0.1]}) and the encoded form of a
 * domain's last part ({@code xn--p1ai}). In Chinese, Japanese, Korean and Thai texts nothing separates an
 * address from the words around it: there a name or a domain in another script ends where the script does.
 *
 * <p>Java's matcher begins anew at every character in front of an at sign, which takes a tenth of a
 * second for some texts of 2,000 characters, and calls itself for every label of a domain.
 */
final class EmailAddresses {

  private static final int NONE = -1;
  private static final char WIDE_AT = '\uff20';
  private static final char SMALL_AT = '\ufe6b';
  private static final int FEWEST_LETTERS_AT_THE_END = 2;
  private static final String ENCODED = "xn--";
  private static final int LONGEST_QUOTED_NAME = 66;
  private static final int LONGEST_HOST = 48;

  private EmailAddresses() {}

  /** Returns {@code text} with every address replaced by {@code mask}. */
  static String replaced(String text, String mask) {
    StringBuilder result = new StringBuilder(text.length());
    int copied = 0;
    boolean hasWide = holdsWideAt(text);
    for (int at = nextAt(text, 0, hasWide); at >= 0; at = nextAt(text, at + 1, hasWide)) {
      int start = nameStart(text, at, copied);
      int end = start < at ? domainEnd(text, at + 1) : NONE;
      if (end != NONE) {
        result.append(text, copied, start).append(mask);
        copied = end;
      }
    }
    return copied == 0 ? text : result.append(text, copied, text.length()).toString();
  }

  /** Cheap: every address has a point after its at sign with nothing but its domain between, or a bracket. */
  static boolean mayBeIn(String text) {
    boolean hasWide = holdsWideAt(text);
    for (int at = nextAt(text, 0, hasWide); at >= 0; at = nextAt(text, at + 1, hasWide)) {
      int end = labelEnd(text, at + 1);
      if (end < text.length() && text.charAt(end) == (end > at + 1 ? '.' : '[')) {
        return true;
      }
    }
    return false;
  }

  /** Whether another sign than ASCII's may stand for the at sign; a text in Latin-1 is not even searched. */
  private static boolean holdsWideAt(String text) {
    return text.indexOf(WIDE_AT) >= 0 || text.indexOf(SMALL_AT) >= 0;
  }

  /** Whether a character is an at sign of East Asian width. */
  static boolean isWideAt(char character) {
    return character == WIDE_AT || character == SMALL_AT;
  }

  private static int nextAt(String text, int from, boolean hasWide) {
    if (!hasWide) {
      return text.indexOf('@', from);
    }
    for (int position = from; position < text.length(); position++) {
      char character = text.charAt(position);
      if (character == '@' || isWideAt(character)) {
        return position;
      }
    }
    return NONE;
  }

  /** Where the name begins, its place where there is none. */
  private static int nameStart(String text, int at, int earliest) {
    if (at > earliest && text.charAt(at - 1) == '"') {
      int quote = text.lastIndexOf('"', at - 2);
      return quote >= Math.max(earliest, at - LONGEST_QUOTED_NAME) ? quote : at;
    }
    int start = at;
    boolean isSpaced = false;
    while (start > earliest && AddressCharacters.isOfName(text.charAt(start - 1))) {
      char character = text.charAt(start - 1);
      if (isSpaced && AddressCharacters.isUnspaced(character)) {
        break;
      }
      isSpaced |= AddressCharacters.isSpaced(character);
      start--;
    }
    int name = start;
    while (name < at && AddressCharacters.isMark(text.charAt(name))) {
      name++;
    }
    // Nothing but marks may be a name all the same.
    return name < at ? name : start;
  }

  /** Where a domain ends: in the last of its labels that begins with letters, behind these. */
  private static int domainEnd(String text, int start) {
    if (start < text.length() && text.charAt(start) == '[') {
      return hostEnd(text, start);
    }
    int end = NONE;
    int position = labelEnd(text, start);
    boolean hasNext = position > start;
    while (hasNext && position < text.length() && text.charAt(position) == '.') {
      int label = position + 1;
      int letters = lettersEnd(text, label);
      position = labelEnd(text, label);
      if (text.regionMatches(true, label, ENCODED, 0, ENCODED.length())) {
        end = position;
      } else if (letters - label >= FEWEST_LETTERS_AT_THE_END) {
        end = letters;
      }
      hasNext = position > label;
    }
    return end;
  }

  /** The domain is the address of a host in square brackets. */
  private static int hostEnd(String text, int start) {
    int end = start + 1;
    while (end < text.length() && end - start < LONGEST_HOST && isOfHost(text.charAt(end))) {
      end++;
    }
    return end > start + 1 && end < text.length() && text.charAt(end) == ']' ? end + 1 : NONE;
  }

  private static boolean isOfHost(char character) {
    return AddressCharacters.isOfLabel(character) || character == '.' || character == ':';
  }

  private static int labelEnd(String text, int start) {
    int end = start;
    while (end < text.length() && AddressCharacters.isOfLabel(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Behind the letters that follow each other; in one script where the other needs no space. */
  private static int lettersEnd(String text, int start) {
    int end = start;
    boolean isSpaced = false;
    while (end < text.length() && AddressCharacters.isLetter(text.charAt(end))) {
      char character = text.charAt(end);
      if (isSpaced && AddressCharacters.isUnspaced(character)) {
        break;
      }
      isSpaced |= AddressCharacters.isSpaced(character);
      end++;
    }
    return end;
  }
}
