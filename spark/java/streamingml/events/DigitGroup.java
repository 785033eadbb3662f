package streamingml.events;

/**
 * Digits that follow each other in a text.
 *
 * @param start where they begin
 * @param end behind the last one; marks that nobody sees may stand between
 * @param digits the same as ASCII
 * @param gap what stands between the group before and this one, {@link #NO_GAP} for the first
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

  /** Whether a number may end before this group: nothing ties it to the one before. */
  boolean mayBegin() {
    return (gap & (SPACE | SLASH | OPENING)) != 0;
  }
}
