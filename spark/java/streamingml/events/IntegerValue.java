package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.LongFunction;

/** A whole number, however it is written: {@code 1.0} and {@code 1e3} are two. */
final class IntegerValue extends FieldValue {

  private final long minimum;
  private final long maximum;
  private final LongFunction<Object> storing;
  private long value;

  /**
   * Makes the value of a field.
   *
   * @param storing what the lake holds of a number: itself, or its pseudonym
   */
  IntegerValue(FieldRule rule, LongFunction<Object> storing) {
    super(rule);
    minimum = (long) rule.minimum();
    maximum = (long) rule.maximum();
    this.storing = storing;
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
    return storing.apply(value);
  }
}
