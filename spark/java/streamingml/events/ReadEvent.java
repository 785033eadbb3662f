package streamingml.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * {@code read_event(data, batch_time, hash_key)}: everything that happens to a record before it is
 * stored, in one pass. The user id never leaves it in clear.
 *
 * <p>The verdict depends on the record and on {@code batch_time} only, so a replay reaches the same
 * one. Where there is a {@code reason} to refuse the record, every other field is null.
 */
public final class ReadEvent extends EventFunction<InternalRow> {

  private static final long serialVersionUID = 1;
  static final String NAME = "read_event";

  private static final StructType RESULT = new StructType()
    .add("event_id", DataTypes.StringType)
    .add("user_key", DataTypes.StringType)
    .add("text", DataTypes.StringType)
    .add("created_at", DataTypes.TimestampType)
    .add("lang", DataTypes.StringType)
    .add("source", DataTypes.StringType)
    .add("label", DataTypes.StringType)
    .add("reason", DataTypes.StringType);
  private static final char REPLACEMENT = '\ufffd';

  private final EventContract contract;
  // Each task has a copy of the function to itself, and fills these with its first record.
  private transient EventDocument document;
  private transient EventRules rules;
  private transient Pseudonyms pseudonyms;

  ReadEvent(EventContract contract) {
    super(NAME);
    this.contract = contract;
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] { DataTypes.BinaryType, DataTypes.TimestampType, DataTypes.BinaryType };
  }

  @Override
  public DataType resultType() {
    return RESULT;
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }

  /**
   * Called by the code that Spark generates, which finds it by its name and its types.
   *
   * @param data the record as it lies on the stream; null is read like a record without a byte
   * @param batchTime the clock of the micro-batch, in microseconds since 1970
   * @param hashKey secret key of the pseudonyms
   * @return a row of {@link #resultType}
   */
  public InternalRow invoke(byte[] data, long batchTime, byte[] hashKey) {
    if (data == null) {
      return refused(QuarantineReason.NOT_JSON);
    }
    if (document == null) {
      document = new EventDocument(contract);
      rules = new EventRules(contract);
      pseudonyms = new Pseudonyms();
    }
    if (data.length > contract.maximumRecordBytes()) {
      return refused(QuarantineReason.RECORD_TOO_LARGE);
    }
    String decoded = new String(data, StandardCharsets.UTF_8);
    if (!isUtf8(data, decoded)) {
      return refused(QuarantineReason.NOT_UTF8);
    }
    QuarantineReason defect = document.read(decoded);
    if (defect != null) {
      return refused(defect);
    }
    long createdAt = Timestamps.parse(document.value(EventField.CREATED_AT));
    QuarantineReason broken = rules.broken(document, createdAt, batchTime);
    if (broken != null) {
      return refused(broken);
    }
    return new GenericInternalRow(new Object[] {
      string(document.value(EventField.EVENT_ID)),
      string(pseudonyms.of(document.value(EventField.USER_ID), hashKey)),
      string(PersonalData.mask(document.value(EventField.TEXT))),
      createdAt,
      string(document.value(EventField.LANG)),
      string(document.value(EventField.SOURCE)),
      string(document.value(EventField.LABEL)),
      null,
    });
  }

  private static InternalRow refused(QuarantineReason reason) {
    Object[] values = new Object[RESULT.size()];
    values[RESULT.fieldIndex("reason")] = reason.code();
    return new GenericInternalRow(values);
  }

  /** Decoding puts a replacement character in place of what is not UTF-8; any other was sent. */
  private static boolean isUtf8(byte[] data, String decoded) {
    return (
      decoded.indexOf(REPLACEMENT) < 0 ||
      Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), data)
    );
  }

  private static UTF8String string(String value) {
    return value == null ? null : UTF8String.fromString(value);
  }
}
