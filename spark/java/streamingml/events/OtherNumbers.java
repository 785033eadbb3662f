package streamingml.events;

import java.util.List;

/** Numbers that look like phone numbers: dates, amounts, host addresses. */
final class OtherNumbers {

  private static final int DIGITS_OF_A_THOUSAND = 3;
  private static final int DIGITS_OF_A_YEAR = 4;
  private static final int PARTS_OF_AN_ADDRESS = 4;
  private static final int LARGEST_PART = 255;

  private OtherNumbers() {}

  static boolean isOne(PhoneCandidate candidate) {
    return isDate(candidate) || isYears(candidate) || isDotted(candidate);
  }

  /** Whether it begins or ends with a date of three parts, beside a time or another date. */
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

  /** Whether all groups are years. */
  private static boolean isYears(PhoneCandidate candidate) {
    return candidate.groups().stream().allMatch(OtherNumbers::isYear);
  }

  private static boolean isYear(DigitGroup group) {
    return (
      group.length() == DIGITS_OF_A_YEAR &&
      (group.digits().startsWith("19") || group.digits().startsWith("20"))
    );
  }

  /** Whether it is a decimal fraction, an amount in thousands, a host address or a version. */
  private static boolean isDotted(PhoneCandidate candidate) {
    List<DigitGroup> groups = candidate.groups();
    if (!candidate.isGrouped() || !candidate.isSeparatedBy(DigitGroup.DOT)) {
      return false;
    }
    // A phone number may begin with 0, an amount only with "0.".
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
