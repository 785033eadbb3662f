package streamingml.events;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code read_event(data, batch_time, hash_key)}: everything that happens to a record before it is
 * stored, in one pass. What the contract wants a pseudonym of never leaves it in clear.
 *
 * <p>The verdict depends on the record and on {@code batch_time} only, so a replay reaches the same
 * one. Where there is a {@code reason} to refuse the record, every field is null, and
 * {@code reason_field} names the one that is to blame, if one is. {@code unknown_fields} counts the
 * fields of an event that the contract does not know, 0 where the record is refused.
 *
 * <p>Every record gets a verdict: whatever fails while it is read is a reason to refuse it, and
 * leaves nothing behind that a later record could meet.
 */
public final class ReadEvent extends EventFunction<InternalRow> {

  private static final long serialVersionUID = 1;
  static final String NAME = "read_event";

  private static final Logger LOG = LoggerFactory.getLogger(ReadEvent.class);

  private final EventContract contract;
  private final StructType result;
  // Each task has a copy of the function to itself, and makes this with its first record.
  private transient RecordReader reader;

  /** Makes the function that holds records to {@code contract}. */
  public ReadEvent(EventContract contract) {
    super(NAME);
    this.contract = contract;
    StructType row = new StructType();
    for (FieldRule field : contract.fields()) {
      row = row.add(field.column(), field.columnType());
    }
    result = row
      .add("reason", DataTypes.StringType)
      .add("reason_field", DataTypes.StringType)
      .add("unknown_fields", DataTypes.IntegerType, false);
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] { DataTypes.BinaryType, DataTypes.TimestampType, DataTypes.BinaryType };
  }

  /** A column for each field of the contract, then {@code reason}, {@code reason_field} and {@code unknown_fields}. */
  @Override
  public DataType resultType() {
    return result;
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
      return refused(Refusal.of(QuarantineReason.NOT_JSON));
    }
    if (reader == null) {
      reader = new RecordReader(contract);
    }
    // A key that is none is no fault of the record.
    reader.useKey(hashKey);
    try {
      Refusal refusal = reader.read(data, batchTime);
      return refusal == null ? valid() : refused(refusal);
    } catch (Throwable failure) {
      if (!RecordFailure.isOfRecord(failure)) {
        throw failure;
      }
      // Whatever the record has left in it, no later one shall see.
      reader = null;
      // Not the message: it may quote the record.
      LOG.warn("A record is refused as unreadable: {}", failure.getClass().getName());
      return refused(Refusal.of(QuarantineReason.UNREADABLE));
    }
  }

  private InternalRow valid() {
    Object[] values = row(reader.unknownFields());
    reader.store(values);
    return new GenericInternalRow(values);
  }

  private InternalRow refused(Refusal refusal) {
    int fields = contract.fields().size();
    Object[] values = row(0);
    values[fields] = refusal.reason().code();
    values[fields + 1] = refusal.field();
    return new GenericInternalRow(values);
  }

  /** A row without values; the virtual machine holds small counts, 0 among them, already boxed. */
  private Object[] row(int unknownFields) {
    Object[] values = new Object[result.length()];
    values[values.length - 1] = unknownFields;
    return values;
  }
}
