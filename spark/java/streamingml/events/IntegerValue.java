package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;

/** A whole number in any notation, such as {@code 1.0} or {@code 1e3}. */
final class IntegerValue extends FieldValue {

  private final long minimum;
  private final long maximum;
  private final boolean isPseudonym;
  private final Pseudonyms pseudonyms;
  private long value;

  /**
   * Makes the value of a field.
   *
   * @param pseudonyms computes the pseudonym if the lake must not store the number itself
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
