package streamingml.kinesis.stream;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * The number Kinesis gave a record. Within a shard numbers grow, with gaps, in the order of the records; nothing else
 * is known of them (Kinesis API reference, {@code Record}), so they are only compared.
 *
 * @param value up to 128 decimal digits
 */
public record SequenceNumber(BigInteger value) implements Comparable<SequenceNumber>, Serializable {
  /**
   * Reads the digits that Kinesis sends.
   *
   * @throws NumberFormatException they are no digits
   */
  public static SequenceNumber of(String digits) {
    return new SequenceNumber(new BigInteger(digits));
  }

  /** Whether this record lies behind the other in its shard. */
  public boolean isAfter(SequenceNumber other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(SequenceNumber other) {
    return value.compareTo(other.value);
  }

  /** The digits. */
  @Override
  public String toString() {
    return value.toString();
  }
}
