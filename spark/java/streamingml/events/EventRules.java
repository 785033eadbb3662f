package streamingml.events;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Holds the fields of a record to the contract, once they are known to be strings. */
final class EventRules {

  private static final long MOST_AHEAD_OF_BATCH_TIME = TimeUnit.DAYS.toMicros(1);
  private static final EventField[] FIELDS = EventField.values();
  // Each of the others has reasons of its own.
  private static final List<EventField> FREE_FIELDS = List.of(
    EventField.EVENT_ID,
    EventField.USER_ID,
    EventField.LANG,
    EventField.SOURCE
  );

  private final EventContract contract;

  EventRules(EventContract contract) {
    this.contract = contract;
  }

  /**
   * Returns the first rule that the record breaks, null where it breaks none.
   *
   * @param document the fields
   * @param createdAt what {@link Timestamps#parse} made of {@code created_at}
   * @param batchTime the clock of the micro-batch, in microseconds since 1970
   */
  QuarantineReason broken(EventDocument document, long createdAt, long batchTime) {
    for (EventField field : FIELDS) {
      if (!isUnicode(document.value(field))) {
        return QuarantineReason.NOT_UNICODE;
      }
    }
    String text = document.value(EventField.TEXT);
    if (isBlank(text)) {
      return QuarantineReason.TEXT_EMPTY;
    }
    if (isLongerThan(text, contract.rule(EventField.TEXT).maximumLength())) {
      return QuarantineReason.TEXT_TOO_LONG;
    }
    for (EventField field : FREE_FIELDS) {
      if (hasWrongLength(document.value(field), contract.rule(field))) {
        return QuarantineReason.FIELD_LENGTH;
      }
    }
    if (createdAt == Timestamps.INVALID) {
      return QuarantineReason.CREATED_AT_INVALID;
    }
    if (createdAt - MOST_AHEAD_OF_BATCH_TIME > batchTime) {
      return QuarantineReason.CREATED_AT_IN_FUTURE;
    }
    String label = document.value(EventField.LABEL);
    if (label != null && !contract.rule(EventField.LABEL).allowed().contains(label)) {
      return QuarantineReason.LABEL_UNKNOWN;
    }
    return null;
  }

  /** False for half of a surrogate pair: UTF-8 has no bytes for it, so it would become another text. */
  private static boolean isUnicode(String value) {
    int length = value == null ? 0 : value.length();
    for (int position = 0; position < length; position++) {
      char character = value.charAt(position);
      if (Character.isSurrogate(character)) {
        position++;
        if (position == length || !Character.isSurrogatePair(character, value.charAt(position))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean hasWrongLength(String value, EventContract.Rule rule) {
    return (
      value != null &&
      (isLongerThan(value, rule.maximumLength()) ||
        value.length() < rule.minimumLength() ||
        value.codePointCount(0, value.length()) < rule.minimumLength())
    );
  }

  private static boolean isLongerThan(String value, int characters) {
    // A character is one or two units of Java's strings, and their number is known.
    return value.length() > characters && value.codePointCount(0, value.length()) > characters;
  }

  private static boolean isBlank(String value) {
    for (int position = 0; position < value.length(); position++) {
      if (!isWhiteSpace(value.charAt(position))) {
        return false;
      }
    }
    return true;
  }

  /** Unicode's White_Space; Java's own notions of white space leave out some of it. */
  private static boolean isWhiteSpace(char character) {
    return (
      character == ' ' ||
      (character >= '\t' && character <= '\r') ||
      (character >= '\u2000' && character <= '\u200a') ||
      switch (character) {
        case '\u0085', '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000' -> true;
        default -> false;
      }
    );
  }
}
