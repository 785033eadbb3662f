package streamingml.events;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code read_event(data, batch_time, hash_key)}: everything that happens to a record before it is
 * stored, in one pass. The user id never leaves it in clear.
 *
 * <p>The verdict depends on the record and on {@code batch_time} only, so a replay reaches the same
 * one. Where there is a {@code reason} to refuse the record, every other field is null.
 *
 * <p>Every record gets a verdict: whatever fails while it is read is a reason to refuse it, and
 * leaves nothing behind that a later record could meet.
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

  private static final Logger LOG = LoggerFactory.getLogger(ReadEvent.class);

  private final EventContract contract;
  // Each task has a copy of the function to itself, and makes this with its first record.
  private transient RecordReader reader;

  /** Makes the function that holds records to {@code contract}. */
  public ReadEvent(EventContract contract) {
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
    if (reader == null) {
      reader = new RecordReader(contract);
    }
    // A key that is none is no fault of the record.
    reader.useKey(hashKey);
    try {
      QuarantineReason reason = reader.read(data, batchTime);
      return reason == null ? valid() : refused(reason);
    } catch (Throwable failure) {
      if (!RecordFailure.isOfRecord(failure)) {
        throw failure;
      }
      // Whatever the record has left in it, no later one shall see.
      reader = null;
      // Not the message: it may quote the record.
      LOG.warn("A record is refused as unreadable: {}", failure.getClass().getName());
      return refused(QuarantineReason.UNREADABLE);
    }
  }

  private InternalRow valid() {
    return new GenericInternalRow(new Object[] {
      string(reader.value(EventField.EVENT_ID)),
      string(reader.userKey()),
      string(reader.maskedText()),
      reader.createdAt(),
      string(reader.value(EventField.LANG)),
      string(reader.value(EventField.SOURCE)),
      string(reader.value(EventField.LABEL)),
      null,
    });
  }

  private static InternalRow refused(QuarantineReason reason) {
    Object[] values = new Object[RESULT.size()];
    values[RESULT.fieldIndex("reason")] = reason.code();
    return new GenericInternalRow(values);
  }

  private static UTF8String string(String value) {
    return value == null ? null : UTF8String.fromString(value);
  }
}
