package streamingml.events;

/**
 * Reads whole JSON numbers in any notation, in time linear in the length of the text:
 * {@code 1e999999999} has a billion digits, which are never written out.
 */
final class WholeNumbers {

  /** Maximum digits of a number that always fits into a long. */
  static final int MOST_DIGITS = 18;

  /** The result for a number with a fraction. */
  static final long NOT_WHOLE = Long.MIN_VALUE;

  /** The result, or its negative, for every whole number with more digits. */
  static final long BEYOND = Long.MAX_VALUE;

  // More than the digits of one record could compensate, and far from an overflow.
  private static final long LARGEST_EXPONENT = 1L << 40;

  private WholeNumbers() {}

  /**
   * Returns the number, {@link #NOT_WHOLE} if it has a fraction, {@link #BEYOND} or its negative if it
   * has more than {@link #MOST_DIGITS} digits.
   *
   * @param text contains a JSON number
   */
  static long parse(char[] text, int start, int length) {
    int end = start + length;
    boolean isNegative = text[start] == '-';
    int position = isNegative ? start + 1 : start;
    // Without leading and trailing zeros, the value is `significand` times ten to the power of `power`,
    // if it has few enough digits.
    long significand = 0;
    long digits = 0;
    long zeros = 0;
    long places = 0;
    boolean isFraction = false;
    for (; position < end && text[position] != 'e' && text[position] != 'E'; position++) {
      char character = text[position];
      if (character == '.') {
        isFraction = true;
        continue;
      }
      places += isFraction ? 1 : 0;
      if (character == '0') {
        zeros += digits > 0 ? 1 : 0;
        continue;
      }
      // Zeros between other digits count.
      digits += zeros + 1;
      if (digits <= MOST_DIGITS) {
        significand = significand * powerOfTen(zeros + 1) + (character - '0');
      }
      zeros = 0;
    }
    if (digits == 0) {
      return 0;
    }
    long power = zeros - places + (position < end ? exponent(text, position + 1, end) : 0);
    if (power < 0) {
      return NOT_WHOLE;
    }
    long value = digits + power > MOST_DIGITS ? BEYOND : significand * powerOfTen(power);
    return isNegative ? -value : value;
  }

  private static long exponent(char[] text, int start, int end) {
    boolean isSigned = text[start] == '-' || text[start] == '+';
    long exponent = 0;
    for (int position = isSigned ? start + 1 : start; position < end; position++) {
      exponent = Math.min(10 * exponent + (text[position] - '0'), LARGEST_EXPONENT);
    }
    return text[start] == '-' ? -exponent : exponent;
  }

  private static long powerOfTen(long exponent) {
    long power = 1;
    for (long count = 0; count < exponent; count++) {
      power *= 10;
    }
    return power;
  }
}
