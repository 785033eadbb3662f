package streamingml.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one record after another. Not thread-safe. */
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
   * Sets the key of the pseudonyms for the following records.
   *
   * @throws IllegalArgumentException it is empty
   */
  void useKey(byte[] hashKey) {
    pseudonyms.useKey(hashKey);
  }

  /**
   * Reads the next record.
   *
   * @param batchTime the clock of the micro-batch, in microseconds since 1970
   * @return why it is not a valid event; null if it is, and {@link #store} returns it
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
   * Writes the lake's values of the event, with pseudonyms and masks.
   *
   * @param row a value for each field, in the contract's order
   */
  void store(Object[] row) {
    document.store(row);
  }

  /** The number of fields of the event that the contract does not have. */
  int unknownFields() {
    return document.unknownFields();
  }

  /** Decoding replaces invalid UTF-8 by replacement characters; any others were sent. */
  private static boolean isUtf8(byte[] data, String decoded) {
    return (
      decoded.indexOf(REPLACEMENT) < 0 ||
      Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), data)
    );
  }
}
