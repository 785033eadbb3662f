package streamingml.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one record after the other. Not safe for use by several threads. */
final class RecordReader {

  private static final char REPLACEMENT = '\ufffd';

  private final int maximumRecordBytes;
  private final EventDocument document;
  private final EventRules rules;
  private final Pseudonyms pseudonyms = new Pseudonyms();
  private long createdAt;

  RecordReader(EventContract contract) {
    maximumRecordBytes = contract.maximumRecordBytes();
    document = new EventDocument(contract);
    rules = new EventRules(contract);
  }

  /**
   * Takes the key of the pseudonyms of the records that follow.
   *
   * @throws IllegalArgumentException it is empty
   */
  void useKey(byte[] hashKey) {
    pseudonyms.useKey(hashKey);
  }

  /**
   * Reads a record in place of the one before.
   *
   * @param batchTime the clock of the micro-batch, in microseconds since 1970
   * @return why it is no event; null where it is one, and the other methods tell of it
   */
  QuarantineReason read(byte[] data, long batchTime) {
    if (data.length > maximumRecordBytes) {
      return QuarantineReason.RECORD_TOO_LARGE;
    }
    String decoded = new String(data, StandardCharsets.UTF_8);
    if (!isUtf8(data, decoded)) {
      return QuarantineReason.NOT_UTF8;
    }
    QuarantineReason defect = document.read(decoded);
    if (defect != null) {
      return defect;
    }
    createdAt = Timestamps.parse(document.value(EventField.CREATED_AT));
    return rules.broken(document, createdAt, batchTime);
  }

  /** The value of a field as it was sent, null where there is none. */
  String value(EventField field) {
    return document.value(field);
  }

  /** The user id's pseudonym. */
  String userKey() {
    return pseudonyms.of(document.value(EventField.USER_ID));
  }

  /** The text without personal data. */
  String maskedText() {
    return PersonalData.mask(document.value(EventField.TEXT));
  }

  /** When the event was created, in microseconds since 1970. */
  long createdAt() {
    return createdAt;
  }

  /** Decoding puts a replacement character in place of what is not UTF-8; any other was sent. */
  private static boolean isUtf8(byte[] data, String decoded) {
    return (
      decoded.indexOf(REPLACEMENT) < 0 ||
      Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), data)
    );
  }
}
