package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Whole numbers in every form that JSON has for them. */
final class WholeNumbersTest {

  private static long parse(String number) {
    // Somewhere in a larger text, as Jackson's buffer has it.
    char[] text = ("9" + number + "9").toCharArray();
    return WholeNumbers.parse(text, 1, number.length());
  }

  @Test
  void takesWhatHasNoFractionHoweverItIsWritten() {
    assertEquals(0, parse("0"));
    assertEquals(0, parse("-0.000e-99"));
    assertEquals(0, parse("0e999999999999999999999"));
    assertEquals(1, parse("1.0"));
    assertEquals(1, parse("100e-2"));
    assertEquals(1000, parse("1e3"));
    assertEquals(-1000, parse("-1E+3"));
    assertEquals(15, parse("1.50e1"));
    assertEquals(5, parse("0.005e3"));
    assertEquals(10203, parse("1.0203e4"));
    assertEquals(999_999_999_999_999_999L, parse("999999999999999999"));
    assertEquals(-999_999_999_999_999_999L, parse("-9.99999999999999999e17"));
  }

  @Test
  void refusesAFraction() {
    assertEquals(WholeNumbers.NOT_WHOLE, parse("1.5"));
    assertEquals(WholeNumbers.NOT_WHOLE, parse("-0.1"));
    assertEquals(WholeNumbers.NOT_WHOLE, parse("1e-1"));
    assertEquals(WholeNumbers.NOT_WHOLE, parse("1.05e1"));
    assertEquals(WholeNumbers.NOT_WHOLE, parse("1e-999999999999999999999"));
    assertEquals(WholeNumbers.NOT_WHOLE, parse("1234567890123456789.5"));
  }

  @Test
  void tellsHowFarANumberIsOnlyUpToEighteenDigits() {
    assertEquals(WholeNumbers.BEYOND, parse("1000000000000000000"));
    assertEquals(-WholeNumbers.BEYOND, parse("-1234567890123456789.0"));
    assertEquals(WholeNumbers.BEYOND, parse("1e999999999"));
    assertEquals(-WholeNumbers.BEYOND, parse("-1e999999999999999999999"));
    assertEquals(WholeNumbers.BEYOND, parse("9223372036854775808"));
  }

  @Test
  void readsTenMillionDigits() {
    assertEquals(WholeNumbers.BEYOND, parse("7".repeat(10_000_000)));
    assertEquals(WholeNumbers.NOT_WHOLE, parse("0." + "3".repeat(10_000_000)));
    assertEquals(3, parse("3." + "0".repeat(10_000_000)));
    assertEquals(3, parse("3" + "0".repeat(9_000_000) + "e-9000000"));
  }

  @Property
  void readsEveryFormOfANumberAsJavaDoes(
    @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L) long digits,
    @ForAll @IntRange(min = -20, max = 20) int power
  ) {
    BigDecimal number = BigDecimal.valueOf(digits).scaleByPowerOfTen(power);
    long expected = expected(number);
    assertEquals(expected, parse(digits + "e" + power));
    assertEquals(expected, parse(number.toPlainString()));
    assertEquals(expected, parse(number.toString()));
  }

  private static long expected(BigDecimal number) {
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
      return WholeNumbers.NOT_WHOLE;
    }
    BigDecimal limit = BigDecimal.TEN.pow(WholeNumbers.MOST_DIGITS);
    if (number.abs().compareTo(limit) >= 0) {
      return number.signum() * WholeNumbers.BEYOND;
    }
    return number.longValueExact();
  }
}
