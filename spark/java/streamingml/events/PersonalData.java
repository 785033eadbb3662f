package streamingml.events;

/** E-mail addresses and phone numbers in text are masked before it is stored. */
final class PersonalData {

  static final String EMAIL_MASK = "[email]";
  static final String PHONE_MASK = "[phone]";

  private PersonalData() {}

  /** Returns {@code text} with e-mail addresses and phone numbers replaced by their masks. */
  static String mask(String text) {
    // A mask holds no digit and no sign of an address, so neither step sees what the other did.
    String withoutEmail = EmailAddresses.mayBeIn(text)
      ? EmailAddresses.replaced(text, EMAIL_MASK)
      : text;
    return PhoneNumbers.mayBeIn(withoutEmail)
      ? PhoneNumbers.replaced(withoutEmail, PHONE_MASK)
      : withoutEmail;
  }

  /** Cheap: true where there may be something to mask. */
  static boolean holdsCandidate(String text) {
    return EmailAddresses.mayBeIn(text) || PhoneNumbers.mayBeIn(text);
  }
}
