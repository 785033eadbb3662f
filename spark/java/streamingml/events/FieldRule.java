package streamingml.events;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the contract says of one field.
 *
 * @param path the names that lead to it in the JSON, its own last
 * @param column its name in the lake
 * @param type of its value, or of each item where it is an array
 * @param items how many items it may have, null where it is no array
 * @param required absent or null sends the record to quarantine, once the object around it is there
 * @param minimumLength fewest characters of a string
 * @param maximumLength most characters, {@link Integer#MAX_VALUE} where there is no limit
 * @param minimum smallest number, minus infinity for fields that are none
 * @param maximum largest number
 * @param allowed the only strings, empty where any is allowed
 * @param uses what it is for
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
  /** Fewest and most items of an array. */
  record Items(int fewest, int most) implements Serializable {}

  /** The path as a message writes it. */
  String name() {
    return String.join(".", path);
  }

  boolean isArray() {
    return items != null;
  }

  boolean isFor(FieldUse use) {
    return uses.contains(use);
  }

  /** What its column holds. */
  DataType columnType() {
    DataType one = isFor(FieldUse.PSEUDONYM) ? DataTypes.StringType : type.stored;
    return isArray() ? DataTypes.createArrayType(one) : one;
  }
}
