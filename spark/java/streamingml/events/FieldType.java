package streamingml.events;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Type of a field's values, or of the items of an array. */
enum FieldType {
  STRING("string", DataTypes.StringType),
  DATE_TIME("date-time", DataTypes.TimestampType),
  INTEGER("integer", DataTypes.LongType),
  NUMBER("number", DataTypes.DoubleType),
  BOOLEAN("boolean", DataTypes.BooleanType);

  /** Its name in the compiled contract. */
  final String code;

  /** Spark's type of one value. */
  final DataType stored;

  FieldType(String code, DataType stored) {
    this.code = code;
    this.stored = stored;
  }
}
