package streamingml.events;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Set;

/** Numbers with a country code. */
final class InternationalNumbers {

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
  private static final String NO_COUNTRY = "ZZ";
  private static final int FEWEST_DIGITS_WITHOUT_PREFIX = 11;
  private static final int MOST_DIGITS = 16;
  private static final int MOST_GROUPS_WITHOUT_PREFIX = 4;
  private static final Set<PhoneNumberType> PERSONAL = Set.of(
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE
  );

  /** Exit codes of Australia, most countries, and North America; the longer one first. */
  private static final String[] EXIT_CODES = { "0011", "00", "011" };

  private InternationalNumbers() {}

  /**
   * Whether a number belongs to some country. With a plus or an exit code its length decides, because
   * nothing else is written like that; without either it must be in a range of mobile phones.
   */
  static boolean accept(PhoneCandidate candidate) {
    String digits = candidate.digits();
    if (candidate.hasPlus()) {
      return isPossible(parsed(digits));
    }
    for (String exitCode : EXIT_CODES) {
      if (digits.startsWith(exitCode) && isPossible(parsed(digits.substring(exitCode.length())))) {
        return true;
      }
    }
    if (
      digits.length() < FEWEST_DIGITS_WITHOUT_PREFIX ||
      candidate.startsWith('0') ||
      candidate.groups().size() > MOST_GROUPS_WITHOUT_PREFIX
    ) {
      return false;
    }
    PhoneNumber number = parsed(digits);
    return number != null && isWrittenApart(candidate, number) && isPersonal(number);
  }

  /** Whether the country code is a separate group, if there are groups. */
  private static boolean isWrittenApart(PhoneCandidate candidate, PhoneNumber number) {
    return (
      !candidate.isGrouped() ||
      candidate.group(0).digits().equals(Integer.toString(number.getCountryCode()))
    );
  }

  private static boolean isPossible(PhoneNumber number) {
    return (
      number != null && LIBRARY.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
    );
  }

  private static boolean isPersonal(PhoneNumber number) {
    // The library returns UNKNOWN for a number that is not assigned.
    return PERSONAL.contains(LIBRARY.getNumberType(number));
  }

  private static PhoneNumber parsed(String digits) {
    if (digits.length() < PhoneCandidate.FEWEST_DIGITS || digits.length() > MOST_DIGITS) {
      return null;
    }
    try {
      return LIBRARY.parse("+" + digits, NO_COUNTRY);
    } catch (NumberParseException exception) {
      return null;
    }
  }
}
