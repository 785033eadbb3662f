package streamingml.kinesis.source;

import java.time.Instant;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import streamingml.kinesis.stream.StreamRecord;

/** A record as a row, with the columns of EMR's connector, so that a job can use either. */
final class RecordRow {

  static final StructType SCHEMA = new StructType()
    .add("data", DataTypes.BinaryType)
    .add("streamName", DataTypes.StringType)
    .add("partitionKey", DataTypes.StringType)
    .add("sequenceNumber", DataTypes.StringType)
    .add("approximateArrivalTimestamp", DataTypes.TimestampType);

  private final UTF8String stream;

  /** Makes rows of one stream's records. */
  RecordRow(String stream) {
    this.stream = UTF8String.fromString(stream);
  }

  /** Returns a new row, which does not change. */
  InternalRow of(StreamRecord record) {
    return new GenericInternalRow(new Object[] {
      record.data(),
      stream,
      UTF8String.fromString(record.partitionKey()),
      UTF8String.fromString(record.sequenceNumber().toString()),
      microseconds(record.arrivedAt()),
    });
  }

  /** Spark's internal form of a timestamp. */
  private static long microseconds(Instant time) {
    return Math.addExact(
      Math.multiplyExact(time.getEpochSecond(), 1_000_000L),
      time.getNano() / 1_000L
    );
  }
}
