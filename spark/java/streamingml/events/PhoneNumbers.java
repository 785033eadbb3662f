package streamingml.events;

import java.util.List;

/**
 * Finds phone numbers: it tries each run of digits as a whole, then its parts between spaces and
 * slashes, the longest first.
 */
final class PhoneNumbers {

  /**
   * Maximum numbers of a text that are looked up in numbering plans, a few microseconds each. After
   * that, every long run of digits is masked without a lookup.
   */
  static final int MOST_LOOKUPS = 50;

  private static final int MOST_GROUPS = 8;

  private final String text;
  private final String mask;
  private final StringBuilder result;
  private int copied;
  private int lookups;

  private PhoneNumbers(String text, String mask) {
    this.text = text;
    this.mask = mask;
    result = new StringBuilder(text.length());
  }

  /** A cheap check: whether a text has seven digits with only separators between them. */
  static boolean mayBeIn(String text) {
    int digits = 0;
    for (int position = 0; position < text.length(); position++) {
      char character = text.charAt(position);
      if (PhoneCharacters.digit(character) >= 0) {
        digits++;
        if (digits == PhoneCandidate.FEWEST_DIGITS) {
          return true;
        }
      } else if (digits > 0 && !PhoneCharacters.isBetweenDigits(character)) {
        digits = 0;
      }
    }
    return false;
  }

  /** Returns {@code text} with every phone number replaced by {@code mask}. */
  static String replaced(String text, String mask) {
    return new PhoneNumbers(text, mask).replaced();
  }

  private String replaced() {
    DigitRun run = DigitRun.after(text, 0);
    while (!run.groups().isEmpty()) {
      List<DigitGroup> groups = PhoneContext.withoutTimes(text, run.groups());
      if (groups.stream().mapToInt(DigitGroup::length).sum() >= PhoneCandidate.FEWEST_DIGITS) {
        search(groups);
      }
      run = DigitRun.after(
        text,
        run
          .groups()
          .get(run.groups().size() - 1)
          .end()
      );
    }
    return copied == 0 ? text : result.append(text, copied, text.length()).toString();
  }

  private void search(List<DigitGroup> groups) {
    if (lookups >= MOST_LOOKUPS) {
      replace(groups);
      return;
    }
    int first = 0;
    while (first < groups.size()) {
      int end = isBoundary(groups, first) ? endOfNumber(groups, first) : first;
      if (end > first) {
        replace(groups.subList(first, end));
      }
      first = Math.max(end, first + 1);
    }
  }

  /** Returns the index after the last group of the longest number from {@code first} on; {@code first} for none. */
  private int endOfNumber(List<DigitGroup> groups, int first) {
    int digits = 0;
    int end = first;
    while (
      end < groups.size() &&
      end < first + MOST_GROUPS &&
      digits + groups.get(end).length() <= PhoneCandidate.MOST_DIGITS
    ) {
      digits += groups.get(end).length();
      end++;
    }
    for (; end > first && digits >= PhoneCandidate.FEWEST_DIGITS; end--) {
      if (isBoundary(groups, end) && isNumber(groups.subList(first, end))) {
        return end;
      }
      digits -= groups.get(end - 1).length();
    }
    return first;
  }

  private static boolean isBoundary(List<DigitGroup> groups, int index) {
    return index == 0 || index == groups.size() || groups.get(index).mayBegin();
  }

  private boolean isNumber(List<DigitGroup> groups) {
    boolean hasPlus = PhoneContext.hasPlus(text, groups.get(0).start());
    PhoneCandidate candidate = PhoneCandidate.of(groups, hasPlus);
    if (PhoneContext.isTelephoneLink(text, candidate)) {
      return true;
    }
    if (OtherNumbers.isOne(candidate) || PhoneContext.isNoNumber(text, candidate)) {
      return false;
    }
    if (!hasPlus && PhoneShapes.isOne(candidate)) {
      return true;
    }
    lookups++;
    return (
      lookups > MOST_LOOKUPS ||
      InternationalNumbers.accept(candidate) ||
      (!hasPlus && NumberingPlans.accept(candidate))
    );
  }

  private void replace(List<DigitGroup> groups) {
    int start = PhoneContext.start(text, groups, copied);
    int end = PhoneContext.end(text, groups);
    result.append(text, copied, start).append(mask);
    copied = end;
  }
}
