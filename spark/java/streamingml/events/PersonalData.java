package streamingml.events;

/** Masks email addresses and phone numbers in text before it is stored. */
final class PersonalData {

  static final String EMAIL_MASK = "[email]";
  static final String PHONE_MASK = "[phone]";

  private PersonalData() {}

  /** Returns {@code text} with email addresses and phone numbers replaced by masks. */
  static String mask(String text) {
    // A mask has no digit and no at sign, so the steps do not affect each other.
    String withoutEmail = EmailAddresses.mayBeIn(text)
      ? EmailAddresses.replaced(text, EMAIL_MASK)
      : text;
    return PhoneNumbers.mayBeIn(withoutEmail)
      ? PhoneNumbers.replaced(withoutEmail, PHONE_MASK)
      : withoutEmail;
  }

  /** A cheap check: true if there may be something to mask. */
  static boolean holdsCandidate(String text) {
    return EmailAddresses.mayBeIn(text) || PhoneNumbers.mayBeIn(text);
  }
}
