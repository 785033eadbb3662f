package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;

/** A whole number, however it is written: {@code 1.0} and {@code 1e3} are two. */
final class IntegerValue extends FieldValue {

  private final long minimum;
  private final long maximum;
  private final boolean isPseudonym;
  private final Pseudonyms pseudonyms;
  private long value;

  /**
   * Makes the value of a field.
   *
   * @param pseudonyms makes what the lake holds of a number that it must not hold in clear
   */
  IntegerValue(FieldRule rule, Pseudonyms pseudonyms) {
    super(rule);
    minimum = (long) rule.minimum();
    maximum = (long) rule.maximum();
    isPseudonym = rule.isFor(FieldUse.PSEUDONYM);
    this.pseudonyms = pseudonyms;
  }

  @Override
  boolean take(JsonParser parser, JsonToken token) throws IOException {
    if (!token.isNumeric()) {
      return false;
    }
    value =
      token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= WholeNumbers.MOST_DIGITS
        ? parser.getLongValue()
        : WholeNumbers.parse(
            parser.getTextCharacters(),
            parser.getTextOffset(),
            parser.getTextLength()
          );
    return value != WholeNumbers.NOT_WHOLE;
  }

  @Override
  QuarantineReason broken(long batchTime) {
    if (value < minimum) {
      return QuarantineReason.TOO_SMALL;
    }
    return value > maximum ? QuarantineReason.TOO_LARGE : null;
  }

  @Override
  Object stored() {
    if (isPseudonym) {
      return UTF8String.fromString(pseudonyms.of(Long.toString(value)));
    }
    return value;
  }
}
