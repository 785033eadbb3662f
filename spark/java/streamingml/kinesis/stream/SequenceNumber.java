package streamingml.kinesis.stream;

import java.io.Serializable;

/**
 * The sequence number of a record. Within a shard the numbers increase, with gaps, in the order of the records; nothing
 * else is documented (Kinesis API reference, {@code Record}), so they are only compared. They are kept as text, because
 * converting them to numbers and back took a third of a task's time.
 *
 * @param digits up to 129 decimal digits, without leading zeros
 */
public record SequenceNumber(String digits) implements Comparable<SequenceNumber>, Serializable {
  /**
   * Creates it from the digits of a record that Kinesis sent. Only the first digit is checked: checking each took a fifth
   * of a task's time.
   */
  public SequenceNumber {
    if (digits.startsWith("0")) {
      digits = withoutZerosInFront(digits);
    }
  }

  /**
   * Parses digits from any origin.
   *
   * @throws NumberFormatException they are not digits
   */
  public static SequenceNumber of(String digits) {
    if (digits.isEmpty()) {
      throw new NumberFormatException("Expected decimal digits, received none.");
    }
    for (int index = 0; index < digits.length(); index++) {
      char digit = digits.charAt(index);
      if (digit < '0' || digit > '9') {
        throw new NumberFormatException("Expected decimal digits, received \"" + digits + "\".");
      }
    }
    return new SequenceNumber(digits);
  }

  /** Whether this record is after the other one in its shard. */
  public boolean isAfter(SequenceNumber other) {
    return compareTo(other) > 0;
  }

  /** Of two numbers without leading zeros the longer one is greater. */
  @Override
  public int compareTo(SequenceNumber other) {
    int byLength = Integer.compare(digits.length(), other.digits.length());
    return byLength != 0 ? byLength : digits.compareTo(other.digits);
  }

  /** The digits. */
  @Override
  public String toString() {
    return digits;
  }

  private static String withoutZerosInFront(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }
}
