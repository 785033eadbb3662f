package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A number, as the nearest double. */
final class NumberValue extends FieldValue {

  private final double minimum;
  private final double maximum;
  private double value;

  NumberValue(FieldRule rule) {
    super(rule);
    minimum = rule.minimum();
    maximum = rule.maximum();
  }

  @Override
  boolean take(JsonParser parser, JsonToken token) throws IOException {
    if (!token.isNumeric()) {
      return false;
    }
    value = parser.getDoubleValue();
    return true;
  }

  @Override
  QuarantineReason broken(long batchTime) {
    // A number beyond the largest double is infinite, and beyond every limit.
    if (value < minimum) {
      return QuarantineReason.TOO_SMALL;
    }
    return value > maximum ? QuarantineReason.TOO_LARGE : null;
  }

  @Override
  Object stored() {
    return value;
  }
}
