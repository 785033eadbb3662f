package streamingml.events;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rules of one field.
 *
 * @param path names of the JSON objects around it, then its own name
 * @param column its column in the lake
 * @param type type of its value, or of each item of an array
 * @param items limits of the number of items, null if it is not an array
 * @param required whether a record without it is refused, if the object around it is present
 * @param minimumLength minimum characters of a string
 * @param maximumLength maximum characters, {@link Integer#MAX_VALUE} without a limit
 * @param minimum smallest number, the smallest double without a limit
 * @param maximum largest number
 * @param allowed the allowed strings, empty if all are allowed
 * @param uses what the pipeline uses it for
 */
record FieldRule(
  List<String> path,
  String column,
  FieldType type,
  Items items,
  boolean required,
  int minimumLength,
  int maximumLength,
  double minimum,
  double maximum,
  Set<String> allowed,
  Set<FieldUse> uses
) implements Serializable {
  /** Minimum and maximum items of an array. */
  record Items(int fewest, int most) implements Serializable {}

  /** The path, joined by dots. */
  String name() {
    return String.join(".", path);
  }

  boolean isArray() {
    return items != null;
  }

  boolean isFor(FieldUse use) {
    return uses.contains(use);
  }

  /** Type of its column. */
  DataType columnType() {
    DataType one = isFor(FieldUse.PSEUDONYM) ? DataTypes.StringType : type.stored;
    return isArray() ? DataTypes.createArrayType(one) : one;
  }
}
