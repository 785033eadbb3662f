package streamingml.events;

/**
 * Finds email addresses as this regular expression does, for letters and digits of any script, in
 * time linear in the length of the text:
 *
 * <pre>(?:[letters digits .%+!#$&amp;-]|marks)+@[letters digits -]+(?:\\.[letters digits -]+)*\\.[letters]{2,}</pre>
 *
 * <p>Marks before an address are quotation marks or emphasis and are kept. In addition it finds names in
 * quotation marks ({@code "a b"@example.com}), host addresses ({@code root@[10.0.0.1]}) and encoded
 * top-level domains ({@code xn--p1ai}). Chinese, Japanese, Korean and Thai texts do not separate an
 * address from the words around it: there a name or a domain in another script ends with that script.
 *
 * <p>Java's regular expressions start again at every character before an at sign, which takes a tenth
 * of a second for some texts of 2,000 characters, and recurse for every label of a domain.
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

  /** A cheap check: after the at sign of an address there is a label and a dot, or a bracket. */
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

  /** Whether the text has an at sign that is not ASCII; Java does not search texts in Latin-1 for it. */
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

  /** Returns the start of the name; the index of the at sign if there is no name. */
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
    // A name may consist of marks only.
    return name < at ? name : start;
  }

  /** Returns the end of a domain: after the letters of the last label that begins with letters. */
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

  /** Returns the end of a host address in square brackets. */
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

  /** Returns the end of consecutive letters; a script without spaces ends letters of another script. */
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
