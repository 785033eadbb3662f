package streamingml.state;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Converts between Spark's rows and the numbers of the state. */
final class Rows {

  private Rows() {}

  /** Returns a row of zeros, none of them null. */
  static UnsafeRow ofLongs(int columns) {
    UnsafeRow row = new UnsafeRow(columns);
    int bytes = UnsafeRow.calculateBitSetWidthInBytes(columns) + columns * Long.BYTES;
    row.pointTo(new byte[bytes], bytes);
    return row;
  }

  /**
   * Returns the row.
   *
   * @throws IllegalArgumentException when a column is null, which would count as 0
   */
  static UnsafeRow withoutNull(UnsafeRow row) {
    if (row.anyNull()) {
      throw new IllegalArgumentException(
        "The state store expects keys and values without nulls, but received " + row + "."
      );
    }
    return row;
  }

  /**
   * Returns when a key expires, or null for an unknown key.
   *
   * @param found the row that is returned
   */
  static UnsafeRow expiry(ExpiringKeys keys, UnsafeRow key, UnsafeRow found) {
    long index = keys.find(withoutNull(key).getLong(0), key.getLong(1));
    if (index == KeyTable.ABSENT) {
      return null;
    }
    found.setLong(0, keys.expiresAt(index));
    return found;
  }

  /** Returns the error for a scan by the first columns of a key. */
  static UnsupportedOperationException noPrefixScan(Path folder) {
    return new UnsupportedOperationException(
      "The state store in " + folder + " expects whole keys, but received the first columns of one."
    );
  }
}
