package streamingml.events;

/**
 * Forms of numbers that are phone numbers whether they are assigned or not: assignments change, and
 * people write example numbers.
 */
final class PhoneShapes {

  private PhoneShapes() {}

  static boolean isOne(PhoneCandidate candidate) {
    return isNorthAmerican(candidate) || isLocal(candidate) || isNordic(candidate);
  }

  /** Area, exchange and line in North America and the Caribbean: 555-123-4567, 1 (555) 123-4567. */
  private static boolean isNorthAmerican(PhoneCandidate candidate) {
    boolean hasCountry = candidate.group(0).digits().equals("1");
    int area = hasCountry ? 1 : 0;
    if (candidate.groups().size() <= area + 1 || !isAbove1(candidate.group(area))) {
      return false;
    }
    boolean isBracketed = (candidate.group(area + 1).gap() & DigitGroup.CLOSING) != 0;
    return candidate.hasLengths(area, 3, 3, 4) || (isBracketed && candidate.hasLengths(area, 3, 7));
  }

  /** Exchange and line: 555-1234. */
  private static boolean isLocal(PhoneCandidate candidate) {
    return (
      candidate.hasLengths(0, 3, 4) &&
      candidate.isSeparatedBy(DigitGroup.HYPHEN) &&
      isAbove1(candidate.group(0))
    );
  }

  /** Eight digits in Denmark and Norway; with dots they would be a host address. */
  private static boolean isNordic(PhoneCandidate candidate) {
    return (
      candidate.isSeparatedBy(DigitGroup.SPACE) &&
      (candidate.hasLengths(0, 2, 2, 2, 2) || candidate.hasLengths(0, 3, 2, 3))
    );
  }

  private static boolean isAbove1(DigitGroup group) {
    return group.digits().charAt(0) > '1';
  }
}
