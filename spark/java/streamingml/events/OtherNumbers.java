package streamingml.events;

import java.util.List;

/** Numbers that are written like a phone number and are none: dates, amounts, addresses of hosts. */
final class OtherNumbers {

  private static final int DIGITS_OF_A_THOUSAND = 3;
  private static final int DIGITS_OF_A_YEAR = 4;
  private static final int PARTS_OF_AN_ADDRESS = 4;
  private static final int LARGEST_PART = 255;

  private OtherNumbers() {}

  static boolean isOne(PhoneCandidate candidate) {
    return isDate(candidate) || isYears(candidate) || isDotted(candidate);
  }

  /** Begins or ends with a date of three parts: a time, or another date, may stand beside it. */
  private static boolean isDate(PhoneCandidate candidate) {
    List<DigitGroup> groups = candidate.groups();
    int last = groups.size() - 3;
    return last >= 0 && (isDateAt(groups, 0) || isDateAt(groups, last));
  }

  private static boolean isDateAt(List<DigitGroup> groups, int index) {
    DigitGroup first = groups.get(index);
    DigitGroup second = groups.get(index + 1);
    DigitGroup third = groups.get(index + 2);
    boolean isShort = second.length() <= 2;
    return (
      second.gap() == third.gap() &&
      isShort &&
      ((isYear(first) && third.length() <= 2) || (first.length() <= 2 && isYear(third)))
    );
  }

  /** Nothing but years, however many. */
  private static boolean isYears(PhoneCandidate candidate) {
    return candidate.groups().stream().allMatch(OtherNumbers::isYear);
  }

  private static boolean isYear(DigitGroup group) {
    return (
      group.length() == DIGITS_OF_A_YEAR &&
      (group.digits().startsWith("19") || group.digits().startsWith("20"))
    );
  }

  /** A decimal fraction, an amount in thousands, an address of a host, a version. */
  private static boolean isDotted(PhoneCandidate candidate) {
    List<DigitGroup> groups = candidate.groups();
    if (!candidate.isGrouped() || !candidate.isSeparatedBy(DigitGroup.DOT)) {
      return false;
    }
    // A phone number may begin with 0, an amount does so only for "0.".
    if (candidate.startsWith('0') && groups.get(0).length() > 1) {
      return false;
    }
    boolean isFraction = groups.size() == 2;
    boolean isAmount = groups
      .stream()
      .skip(1)
      .allMatch(group -> group.length() == DIGITS_OF_A_THOUSAND);
    boolean isAddress =
      groups.size() == PARTS_OF_AN_ADDRESS &&
      groups
        .stream()
        .allMatch(
          group ->
            group.length() <= DIGITS_OF_A_THOUSAND &&
            Integer.parseInt(group.digits()) <= LARGEST_PART
        );
    return isFraction || isAmount || isAddress;
  }
}
