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
   * Reads the digits that Kinesis sends.
   *
   * @throws NumberFormatException they are no digits
   */
  public SequenceNumber {
    digits = withoutZerosInFront(digits);
  }

  /** Reads the digits that Kinesis sends; as the constructor does. */
  public static SequenceNumber of(String digits) {
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

  private static String withoutZerosInFront(String text) {
    if (text.isEmpty()) {
      throw new NumberFormatException("Expected decimal digits, received none.");
    }
    for (int index = 0; index < text.length(); index++) {
      char digit = text.charAt(index);
      if (digit < '0' || digit > '9') {
        throw new NumberFormatException("Expected decimal digits, received \"" + text + "\".");
      }
    }
    int first = 0;
    while (first < text.length() - 1 && text.charAt(first) == '0') {
      first++;
    }
    return text.substring(first);
  }
}
