package streamingml.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the fields of one JSON document after the other, as RFC 8259 defines it and not more
 * leniently. Of a field that stands there twice the last value counts, as for {@code JSON.parse}.
 */
final class EventDocument {

  // Jackson would keep every field name it meets in a table that all later records share, and give
  // up on names that collide in it. And its limits of depth and length are tighter than a record's,
  // whose bytes are counted before it is read.
  private static final JsonFactory JSON = JsonFactory.builder()
    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
    .streamReadConstraints(
      StreamReadConstraints.builder()
        .maxNestingDepth(Integer.MAX_VALUE)
        .maxNumberLength(Integer.MAX_VALUE)
        .maxStringLength(Integer.MAX_VALUE)
        .build()
    )
    .build();
  private static final EventField[] FIELDS = EventField.values();
  private static final Map<String, EventField> BY_NAME = new HashMap<>();

  static {
    for (EventField field : FIELDS) {
      BY_NAME.put(field.jsonName, field);
    }
  }

  private final EventContract contract;
  private final String[] values = new String[FIELDS.length];
  private final boolean[] isOfWrongType = new boolean[FIELDS.length];

  EventDocument(EventContract contract) {
    this.contract = contract;
  }

  /** The value of {@code field} in the document read last, null where it has none. */
  String value(EventField field) {
    return values[field.ordinal()];
  }

  /**
   * Reads a document in place of the one before.
   *
   * @return why it cannot be an event, null where it can
   */
  QuarantineReason read(String document) {
    Arrays.fill(values, null);
    Arrays.fill(isOfWrongType, false);
    try (JsonParser parser = JSON.createParser(document)) {
      JsonToken root = parser.nextToken();
      if (root == JsonToken.START_OBJECT) {
        readFields(parser);
      } else {
        parser.skipChildren();
      }
      if (root == null || parser.nextToken() != null) {
        return QuarantineReason.NOT_JSON;
      }
      return root == JsonToken.START_OBJECT ? defect() : QuarantineReason.NOT_AN_OBJECT;
    } catch (JacksonException exception) {
      return QuarantineReason.NOT_JSON;
    } catch (IOException exception) {
      throw new UncheckedIOException("A text in memory could not be read.", exception);
    }
  }

  private void readFields(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      EventField field = BY_NAME.get(name);
      JsonToken token = parser.nextToken();
      if (field != null) {
        boolean isString = token == JsonToken.VALUE_STRING;
        values[field.ordinal()] = isString ? parser.getText() : null;
        isOfWrongType[field.ordinal()] = !isString && token != JsonToken.VALUE_NULL;
      }
      parser.skipChildren();
    }
  }

  private QuarantineReason defect() {
    QuarantineReason defect = null;
    for (EventField field : FIELDS) {
      if (isOfWrongType[field.ordinal()]) {
        defect = QuarantineReason.WRONG_TYPE;
      } else if (value(field) == null && contract.rule(field).required()) {
        return QuarantineReason.MISSING_FIELD;
      }
    }
    return defect;
  }
}
