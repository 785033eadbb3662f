package streamingml.events;

import java.util.List;

/**
 * Some groups of digits that may be one phone number.
 *
 * @param groups at least one
 * @param digits all their digits
 * @param hasPlus whether a plus stands before them
 */
record PhoneCandidate(List<DigitGroup> groups, String digits, boolean hasPlus) {
  static final int FEWEST_DIGITS = 7;

  /** ITU-T E.164 allows 15; up to 4 are dialled to leave a country, and one 0 may stand in brackets. */
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

  /** Whether the groups from one on have these lengths, and no others follow. */
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

  /** Whether nothing else stands between the groups. */
  boolean isSeparatedBy(int gap) {
    return groups
      .stream()
      .skip(1)
      .allMatch(group -> group.gap() == gap);
  }

  /** Whether some gap has this in it. */
  boolean hasGap(int gap) {
    return groups
      .stream()
      .skip(1)
      .anyMatch(group -> (group.gap() & gap) != 0);
  }
}
