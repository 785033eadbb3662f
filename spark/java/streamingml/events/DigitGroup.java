package streamingml.events;

/**
 * Consecutive digits in a text.
 *
 * @param start index of the first one
 * @param end index after the last one; invisible marks may be in between
 * @param digits the same digits in ASCII
 * @param gap the separators before this group, {@link #NO_GAP} for the first one
 */
record DigitGroup(int start, int end, String digits, int gap) {
  static final int NO_GAP = 0;
  static final int SPACE = 1;
  static final int DOT = 2;
  static final int HYPHEN = 4;
  static final int SLASH = 8;
  static final int OPENING = 16;
  static final int CLOSING = 32;

  int length() {
    return digits.length();
  }

  /** Whether a number may begin with this group: the separator before it allows that. */
  boolean mayBegin() {
    return (gap & (SPACE | SLASH | OPENING)) != 0;
  }
}
