package streamingml.kinesis.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumberTest {

  private static final String MOST = "1000000000000000000000000000000000000000000000000000000000";

  @Property
  void isOrderedAsTheNumberItIs(
    @ForAll @BigRange(min = "0", max = MOST) BigInteger one,
    @ForAll @BigRange(min = "0", max = MOST) BigInteger other
  ) {
    SequenceNumber first = SequenceNumber.of(one.toString());
    SequenceNumber second = SequenceNumber.of(other.toString());
    assertEquals(one.compareTo(other), Integer.signum(first.compareTo(second)));
    assertEquals(one.compareTo(other) > 0, first.isAfter(second));
    assertEquals(one.equals(other), first.equals(second));
    assertEquals(one.toString(), first.toString());
  }

  @Test
  void isTheSameWithZerosInFront() {
    assertEquals(SequenceNumber.of("70"), SequenceNumber.of("0070"));
    assertEquals("0", SequenceNumber.of("000").toString());
    assertEquals(SequenceNumber.of("70"), new SequenceNumber("0070"));
  }

  @ParameterizedTest
  @ValueSource(strings = { "", "-7", "+7", "7a", " 7", "\u0667" })
  void refusesWhatIsNoNumber(String text) {
    assertThrows(NumberFormatException.class, () -> SequenceNumber.of(text));
  }
}
