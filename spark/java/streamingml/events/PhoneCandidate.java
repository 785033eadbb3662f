package streamingml.events;

import java.util.List;

/**
 * Groups of digits that may be one phone number.
 *
 * @param groups at least one
 * @param digits the digits of all groups
 * @param hasPlus whether there is a plus before them
 */
record PhoneCandidate(List<DigitGroup> groups, String digits, boolean hasPlus) {
  static final int FEWEST_DIGITS = 7;

  /** 15 by ITU-T E.164, up to 4 of an exit code, and one 0 in brackets. */
  static final int MOST_DIGITS = 20;

  static PhoneCandidate of(List<DigitGroup> groups, boolean hasPlus) {
    StringBuilder digits = new StringBuilder(MOST_DIGITS);
    groups.forEach(group -> digits.append(group.digits()));
    return new PhoneCandidate(groups, digits.toString(), hasPlus);
  }

  boolean isGrouped() {
    return groups.size() > 1;
  }

  boolean startsWith(char digit) {
    return digits.charAt(0) == digit;
  }

  DigitGroup group(int index) {
    return groups.get(index);
  }

  /** Whether the groups from an index on have exactly these lengths. */
  boolean hasLengths(int from, int... lengths) {
    if (groups.size() - from != lengths.length) {
      return false;
    }
    for (int index = 0; index < lengths.length; index++) {
      if (groups.get(from + index).length() != lengths[index]) {
        return false;
      }
    }
    return true;
  }

  /** Whether all groups have this separator between them. */
  boolean isSeparatedBy(int gap) {
    return groups
      .stream()
      .skip(1)
      .allMatch(group -> group.gap() == gap);
  }

  /** Whether some gap has this separator. */
  boolean hasGap(int gap) {
    return groups
      .stream()
      .skip(1)
      .anyMatch(group -> (group.gap() & gap) != 0);
  }
}
