package streamingml.kinesis.stream;

import java.io.Serializable;

/**
 * The number Kinesis gave a record. Within a shard numbers grow, with gaps, in the order of the records; nothing else
 * is known of them (Kinesis API reference, {@code Record}), so they are only compared. Kept as text: each record
 * arrives and leaves with its digits, and to make a number of them and digits again took a third of a task's time.
 *
 * @param digits up to 129 decimal digits, without zeros in front
 */
public record SequenceNumber(String digits) implements Comparable<SequenceNumber>, Serializable {
  /**
   * Takes the digits of a record that Kinesis sent. Only their beginning is looked at: to look at each took a fifth of
   * a task's time.
   */
  public SequenceNumber {
    if (digits.startsWith("0")) {
      digits = withoutZerosInFront(digits);
    }
  }

  /**
   * Reads digits that somebody may have written.
   *
   * @throws NumberFormatException they are no digits
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

  /** Whether this record lies behind the other in its shard. */
  public boolean isAfter(SequenceNumber other) {
    return compareTo(other) > 0;
  }

  /** Of two numbers without zeros in front the longer one is greater. */
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
