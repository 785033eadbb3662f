package streamingml.events;

import java.util.regex.Pattern;

/** E-mail addresses and phone numbers in text are masked before it is stored. */
final class PersonalData {

  static final String EMAIL_MASK = "[email]";
  static final String PHONE_MASK = "[phone]";

  /**
   * 7 to 15 digits (ITU-T E.164 allows 15 at most), grouped as phone numbers are: an optional
   * country code, an optional area code with or without brackets, then the subscriber's number.
   * Dates (4-2-2), spans of years, prices and the long ids of posts do not match.
   */
  private static final Pattern PHONE = Pattern.compile(
    "(?<![\\w.])(?!(?:19|20)\\d\\d-(?:19|20)\\d\\d\\b)" +
      "(?:\\+?\\d{1,3}[ .-]?)?(?:\\(\\d{2,4}\\)[ .-]?|\\d{2,4}[ .-]?)?" +
      "\\d{3,4}[ .-]?\\d{4}(?![\\w])(?!\\.\\d)"
  );

  private static final int FEWEST_PHONE_DIGITS = 7;

  private PersonalData() {}

  /** Returns {@code text} with e-mail addresses and phone numbers replaced by their masks. */
  static String mask(String text) {
    // A mask holds no digit and no sign of an address, so neither step sees what the other did.
    String withoutEmail = holdsEmailCandidate(text)
      ? EmailAddresses.replaced(text, EMAIL_MASK)
      : text;
    return holdsPhoneCandidate(text)
      ? PHONE.matcher(withoutEmail).replaceAll(PHONE_MASK)
      : withoutEmail;
  }

  /** Cheap: true where there may be something to mask. */
  static boolean holdsCandidate(String text) {
    return holdsEmailCandidate(text) || holdsPhoneCandidate(text);
  }

  /** Every address has a point after its at sign with nothing but its domain between them. */
  private static boolean holdsEmailCandidate(String text) {
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int end = at + 1;
      while (end < text.length() && EmailAddresses.isOfLabel(text.charAt(end))) {
        end++;
      }
      if (end > at + 1 && end < text.length() && text.charAt(end) == '.') {
        return true;
      }
    }
    return false;
  }

  /** Every phone number has seven digits, with nothing but its separators between them. */
  private static boolean holdsPhoneCandidate(String text) {
    int digits = 0;
    for (int position = 0; position < text.length(); position++) {
      char character = text.charAt(position);
      if (character >= '0' && character <= '9') {
        digits++;
        if (digits == FEWEST_PHONE_DIGITS) {
          return true;
        }
      } else if (!isPhoneSeparator(character)) {
        digits = 0;
      }
    }
    return false;
  }

  private static boolean isPhoneSeparator(char character) {
    return switch (character) {
      case ' ', '.', '-', '(', ')' -> true;
      default -> false;
    };
  }
}
