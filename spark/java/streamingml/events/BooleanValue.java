package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** True or false. */
final class BooleanValue extends FieldValue {

  private boolean value;

  BooleanValue(FieldRule rule) {
    super(rule);
  }

  @Override
  boolean take(JsonParser parser, JsonToken token) {
    value = token == JsonToken.VALUE_TRUE;
    return token.isBoolean();
  }

  @Override
  QuarantineReason broken(long batchTime) {
    return null;
  }

  @Override
  Object stored() {
    return value;
  }
}
