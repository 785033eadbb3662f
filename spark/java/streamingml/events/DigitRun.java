package streamingml.events;

import java.util.ArrayList;
import java.util.List;

/** Groups of digits with only separators of phone numbers between them. */
final class DigitRun {

  private static final int LONGEST_GAP = 3;

  private final String text;
  private final List<DigitGroup> groups = new ArrayList<>();
  private int position;

  private DigitRun(String text) {
    this.text = text;
  }

  /** Returns the next run at or after an index; without groups if no digit follows. */
  static DigitRun after(String text, int start) {
    DigitRun run = new DigitRun(text);
    run.position = start;
    while (run.position < text.length() && PhoneCharacters.digit(text.charAt(run.position)) < 0) {
      run.position++;
    }
    int gap = run.position < text.length() ? DigitGroup.NO_GAP : -1;
    while (gap >= 0) {
      run.addGroup(gap);
      gap = run.skipGap();
    }
    return run;
  }

  List<DigitGroup> groups() {
    return groups;
  }

  private void addGroup(int gap) {
    StringBuilder digits = new StringBuilder();
    int start = position;
    int end = position;
    for (; position < text.length(); position++) {
      char character = text.charAt(position);
      int digit = PhoneCharacters.digit(character);
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
        end = position + 1;
      } else if (!PhoneCharacters.isInvisible(character)) {
        break;
      }
    }
    position = end;
    groups.add(new DigitGroup(start, end, digits.toString(), gap));
  }

  /** Moves to the next group and returns the separators before it; returns -1 at the end of the run. */
  private int skipGap() {
    int kinds = 0;
    int seen = 0;
    int next = position;
    for (; next < text.length() && PhoneCharacters.isBetweenDigits(text.charAt(next)); next++) {
      char character = text.charAt(next);
      if (!PhoneCharacters.isInvisible(character)) {
        seen++;
        kinds |= kind(character);
      }
    }
    boolean isDotWithMore = (kinds & DigitGroup.DOT) != 0 && seen > 1;
    boolean isWithin =
      next < text.length() && PhoneCharacters.digit(text.charAt(next)) >= 0 && seen <= LONGEST_GAP;
    // A dot with another separator ends a sentence.
    if (!isWithin || isDotWithMore) {
      return -1;
    }
    position = next;
    return kinds;
  }

  private static int kind(char character) {
    if (PhoneCharacters.isDot(character)) {
      return DigitGroup.DOT;
    }
    if (PhoneCharacters.isHyphen(character)) {
      return DigitGroup.HYPHEN;
    }
    if (PhoneCharacters.isSlash(character)) {
      return DigitGroup.SLASH;
    }
    if (PhoneCharacters.isOpening(character)) {
      return DigitGroup.OPENING;
    }
    return PhoneCharacters.isClosing(character) ? DigitGroup.CLOSING : DigitGroup.SPACE;
  }
}
