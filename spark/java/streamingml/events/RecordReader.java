package streamingml.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one record after the other. Not safe for use by several threads. */
final class RecordReader {

  private static final char REPLACEMENT = '\ufffd';

  private final int maximumRecordBytes;
  private final Pseudonyms pseudonyms = new Pseudonyms();
  private final EventDocument document;

  RecordReader(EventContract contract) {
    maximumRecordBytes = contract.maximumRecordBytes();
    document = new EventDocument(contract, pseudonyms);
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
   * @return why it is no event; null where it is one, and {@link #store} tells of it
   */
  Refusal read(byte[] data, long batchTime) {
    if (data.length > maximumRecordBytes) {
      return Refusal.of(QuarantineReason.RECORD_TOO_LARGE);
    }
    String decoded = new String(data, StandardCharsets.UTF_8);
    if (!isUtf8(data, decoded)) {
      return Refusal.of(
        Compression.begins(data) ? QuarantineReason.COMPRESSED : QuarantineReason.NOT_UTF8
      );
    }
    Refusal defect = document.read(decoded);
    return defect == null ? document.broken(batchTime) : defect;
  }

  /**
   * Writes what the lake holds of the event: no pseudonym's field in clear, and no personal data where
   * it is to be masked.
   *
   * @param row a value for each field, in the contract's order
   */
  void store(Object[] row) {
    document.store(row);
  }

  /** How many fields the event has that the contract does not know. */
  int unknownFields() {
    return document.unknownFields();
  }

  /** Decoding puts a replacement character in place of what is not UTF-8; any other was sent. */
  private static boolean isUtf8(byte[] data, String decoded) {
    return (
      decoded.indexOf(REPLACEMENT) < 0 ||
      Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), data)
    );
  }
}
