package streamingml.events;

import com.google.i18n.phonenumbers.Phonemetadata.NumberFormat;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How phone numbers are written inside one country, according to libphonenumber.
 *
 * <p>libphonenumber's own search takes one country per call and caches a hundred compiled patterns, so
 * that trying forty countries compiles most of them again each time, which takes over a millisecond per
 * number. Here each pattern is compiled once.
 */
final class NumberingPlan {

  /** Germany allows more, but has not assigned such numbers for decades. */
  private static final int MOST_DIGITS = 13;

  private static final int FEWEST_DIGITS_WITHOUT_GROUPS = 9;
  private static final int MOST_DIGITS_WITHOUT_GROUPS = 12;
  private static final int FEWEST_DIGITS_OF_A_MOBILE = 10;
  private static final int DIGITS_OF_A_MOMENT = 10;
  private static final int FEWEST_DIGITS_OF_A_LOOSE_GROUP = 2;
  private static final int MOST_LOOSE_GROUPS = 6;
  private static final Pattern FIRST_GROUP_ONLY = Pattern.compile("\\(?\\$1\\)?");

  /** One way to write some of a country's numbers. */
  private record Format(Pattern leading, Pattern groups, boolean needsTrunk) {}

  /** Bit n is set where numbers may have n digits. */
  private final int lengths;

  private final int fewestDigits;
  private final int mostDigits;
  private final Pattern assigned;
  private final Pattern mobile;
  private final boolean hasMobileRange;
  private final Pattern trunk;
  private final String trunkReplacement;
  private final List<Format> formats;

  /**
   * Compiles a country's plan.
   *
   * @param alternatives other ways to group its numbers that are in use
   */
  NumberingPlan(PhoneMetadata country, List<NumberFormat> alternatives) {
    PhoneNumberDesc general = country.getGeneralDesc();
    List<Integer> possible = general.getPossibleLengthList();
    lengths = possible
      .stream()
      .mapToInt(length -> 1 << length)
      .sum();
    String prefix = country.getNationalPrefixForParsing();
    trunk = prefix.isEmpty() ? null : Pattern.compile(prefix);
    trunkReplacement = country.getNationalPrefixTransformRule();
    fewestDigits = possible.stream().mapToInt(Integer::intValue).min().orElseThrow();
    int longest =
      possible.stream().mapToInt(Integer::intValue).max().orElseThrow() +
      (prefix.isEmpty() ? 0 : 1 + country.getNationalPrefix().length());
    mostDigits = Math.min(longest, MOST_DIGITS);
    // Without numbers that only companies have: premium-rate and short numbers.
    assigned = anyOf(
      country.getFixedLine(),
      country.getMobile(),
      country.getTollFree(),
      country.getPersonalNumber(),
      country.getVoip()
    );
    mobile = anyOf(country.getMobile());
    hasMobileRange = !country.getSameMobileAndFixedLinePattern();
    formats = Stream.concat(country.getNumberFormatList().stream(), alternatives.stream())
      .map(NumberingPlan::format)
      .toList();
  }

  /** Whether the number may be assigned in the country, and is written as usual there. */
  boolean accepts(PhoneCandidate candidate) {
    String digits = candidate.digits();
    if (digits.length() < fewestDigits || digits.length() > mostDigits) {
      return false;
    }
    String number = withoutTrunk(digits);
    int dialled = digits.length() - number.length();
    if (!isAssigned(number)) {
      return false;
    }
    if (dialled == 0 && needsTrunk(number)) {
      return false;
    }
    if (!candidate.isGrouped()) {
      return isWrittenWithoutGroups(digits, number);
    }
    // Numbers with a leading 0 and numbers of mobile phones may be grouped in any way.
    boolean isFree = candidate.startsWith('0')
      ? isLooselyGrouped(candidate, 1)
      : hasMobileRange && isOfMobile(number) && isLooselyGrouped(candidate, 0);
    return isFree || hasGroupsOfFormat(candidate, number, dialled);
  }

  /** Shorter numbers without spaces are usually amounts, longer ones ids. */
  private boolean isWrittenWithoutGroups(String digits, String number) {
    if (digits.startsWith("0")) {
      return (
        digits.length() >= FEWEST_DIGITS_WITHOUT_GROUPS &&
        digits.length() <= MOST_DIGITS_WITHOUT_GROUPS
      );
    }
    // The seconds since 1970 are ten digits that begin with 1, from 2001 to 2033.
    boolean isMoment = digits.length() == DIGITS_OF_A_MOMENT && digits.startsWith("1");
    return !isMoment && isOfMobile(number);
  }

  /** Whether it is a long number of a mobile phone. */
  private boolean isOfMobile(String number) {
    return number.length() >= FEWEST_DIGITS_OF_A_MOBILE && mobile.matcher(number).matches();
  }

  private String withoutTrunk(String digits) {
    Matcher matcher = trunk == null ? null : trunk.matcher(digits);
    // As in libphonenumber: if the rule rewrites what follows, the prefix may also match without it.
    if (matcher == null || !matcher.lookingAt() || isAssigned(digits)) {
      return digits;
    }
    boolean isRewritten =
      !trunkReplacement.isEmpty() &&
      matcher.groupCount() > 0 &&
      matcher.group(matcher.groupCount()) != null;
    return isRewritten ? matcher.replaceFirst(trunkReplacement) : digits.substring(matcher.end());
  }

  private boolean isAssigned(String number) {
    // This first check rejects most plans: their numbers have other lengths.
    return ((lengths >> number.length()) & 1) != 0 && assigned.matcher(number).matches();
  }

  private boolean needsTrunk(String number) {
    for (Format format : formats) {
      if (isFor(format, number)) {
        return format.needsTrunk;
      }
    }
    return false;
  }

  private boolean hasGroupsOfFormat(PhoneCandidate candidate, String number, int dialled) {
    // A slash follows only an area code, which begins with a zero.
    if (!candidate.startsWith('0') && candidate.hasGap(DigitGroup.SLASH)) {
      return false;
    }
    for (Format format : formats) {
      if (isFor(format, number)) {
        Matcher matcher = format.groups.matcher(number);
        if (matcher.matches() && hasGroups(candidate, matcher, dialled)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isFor(Format format, String number) {
    return (
      (format.leading == null || format.leading.matcher(number).lookingAt()) &&
      format.groups.matcher(number).matches()
    );
  }

  /** The trunk prefix is a separate group, or the beginning of the first group. */
  private static boolean hasGroups(PhoneCandidate candidate, Matcher matcher, int dialled) {
    int groups = matcher.groupCount();
    int skipped = dialled > 0 && candidate.group(0).length() == dialled ? 1 : 0;
    int inFirst = skipped == 1 ? 0 : dialled;
    if (candidate.groups().size() - skipped != groups) {
      return false;
    }
    for (int index = 0; index < groups; index++) {
      int expected = matcher.end(index + 1) - matcher.start(index + 1) + (index == 0 ? inFirst : 0);
      if (candidate.group(skipped + index).length() != expected) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are few groups, and none of a single digit after the first ones. */
  private static boolean isLooselyGrouped(PhoneCandidate candidate, int from) {
    List<DigitGroup> groups = candidate.groups();
    return (
      groups.size() <= MOST_LOOSE_GROUPS &&
      groups
        .stream()
        .skip(from)
        .allMatch(group -> group.length() >= FEWEST_DIGITS_OF_A_LOOSE_GROUP)
    );
  }

  private static Format format(NumberFormat format) {
    int leading = format.getLeadingDigitsPatternCount();
    String rule = format.getNationalPrefixFormattingRule();
    return new Format(
      leading == 0 ? null : Pattern.compile(format.getLeadingDigitsPattern(leading - 1)),
      Pattern.compile(format.getPattern()),
      !rule.isEmpty() &&
        !format.getNationalPrefixOptionalWhenFormatting() &&
        !FIRST_GROUP_ONLY.matcher(rule).matches()
    );
  }

  private static Pattern anyOf(PhoneNumberDesc... kinds) {
    return Pattern.compile(
      Stream.of(kinds)
        .map(PhoneNumberDesc::getNationalNumberPattern)
        .filter(pattern -> !pattern.isEmpty() && !pattern.equals("NA"))
        .distinct()
        .collect(Collectors.joining("|", "(?:", ")"))
    );
  }
}
