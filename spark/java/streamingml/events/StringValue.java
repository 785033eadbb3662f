package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.unsafe.types.UTF8String;

/** A string. */
final class StringValue extends FieldValue {

  private final int minimumLength;
  private final int maximumLength;
  private final Set<String> allowed;
  private final UnaryOperator<String> storing;
  private String value;

  /**
   * Makes the value of a field.
   *
   * @param storing what the lake holds of a string: itself, its pseudonym, or itself with masks
   */
  StringValue(FieldRule rule, UnaryOperator<String> storing) {
    super(rule);
    minimumLength = rule.minimumLength();
    maximumLength = rule.maximumLength();
    allowed = rule.allowed();
    this.storing = storing;
  }

  @Override
  boolean take(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return false;
    }
    value = parser.getText();
    return true;
  }

  @Override
  QuarantineReason broken(long batchTime) {
    if (!Texts.isUnicode(value)) {
      return QuarantineReason.NOT_UNICODE;
    }
    if (Texts.isShorterThan(value, minimumLength)) {
      return QuarantineReason.TOO_SHORT;
    }
    if (Texts.isLongerThan(value, maximumLength)) {
      return QuarantineReason.TOO_LONG;
    }
    if (minimumLength > 0 && Texts.isBlank(value)) {
      return QuarantineReason.BLANK;
    }
    return allowed.isEmpty() || allowed.contains(value) ? null : QuarantineReason.NOT_ALLOWED;
  }

  @Override
  Object stored() {
    return UTF8String.fromString(storing.apply(value));
  }
}
