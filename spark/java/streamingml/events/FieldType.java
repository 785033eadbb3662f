package streamingml.events;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a field's values are, or the items of a field that is an array. */
enum FieldType {
  STRING("string", DataTypes.StringType),
  DATE_TIME("date-time", DataTypes.TimestampType),
  INTEGER("integer", DataTypes.LongType),
  NUMBER("number", DataTypes.DoubleType),
  BOOLEAN("boolean", DataTypes.BooleanType);

  /** As the compiled contract spells it. */
  final String code;

  /** What Spark holds one value in. */
  final DataType stored;

  FieldType(String code, DataType stored) {
    this.code = code;
    this.stored = stored;
  }
}
