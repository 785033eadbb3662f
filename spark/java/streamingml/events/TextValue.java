package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The value of a field that is sent as a JSON string. */
abstract class TextValue extends FieldValue {

  /** As it was sent. */
  String value;

  TextValue(FieldRule rule) {
    super(rule);
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
  boolean isUnicode() {
    return Texts.isUnicode(value);
  }
}
