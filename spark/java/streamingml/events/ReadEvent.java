package streamingml.events;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code read_event(data, batch_time, hash_key)}: validates a record, masks its texts and replaces
 * fields by pseudonyms, in one pass.
 *
 * <p>The result depends on the record and on {@code batch_time} only, so a replay gives the same. If
 * there is a {@code reason} to refuse the record, every field is null, and {@code reason_field} names
 * the field with the problem, if there is one. {@code unknown_fields} is the number of fields that the
 * contract does not have, 0 for a refused record.
 *
 * <p>Every record gets a result: any failure while it is read is a reason to refuse it, and does not
 * affect later records.
 */
public final class ReadEvent extends EventFunction<InternalRow> {

  private static final long serialVersionUID = 1;
  static final String NAME = "read_event";

  private static final Logger LOG = LoggerFactory.getLogger(ReadEvent.class);

  private final EventContract contract;
  private final StructType result;
  // Each task has its own copy of the function, and creates the reader with its first record.
  private transient RecordReader reader;

  /** Creates the function for a contract. */
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
   * Called by Spark's generated code, which finds it by its name and types.
   *
   * @param data the bytes of the record; null is read like an empty record
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
    // Outside of the try block: a wrong key is not a problem of the record.
    reader.useKey(hashKey);
    try {
      Refusal refusal = reader.read(data, batchTime);
      return refusal == null ? valid() : refused(refusal);
    } catch (Throwable failure) {
      if (!RecordFailure.isOfRecord(failure)) {
        throw failure;
      }
      // The reader may be in a wrong state: the next record gets a new one.
      reader = null;
      // Without the message, which may quote the record.
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

  /** A row without values; Java caches boxed small integers, such as 0. */
  private Object[] row(int unknownFields) {
    Object[] values = new Object[result.length()];
    values[values.length - 1] = unknownFields;
    return values;
  }
}
