package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A field, or an object around fields, as the record that was read last has it. One is made for each
 * the contract knows, and used for every record.
 */
abstract class Member {

  private final UTF8String name;
  private final boolean required;
  private ObjectValue parent;
  // Neither, where it is absent or null.
  private boolean isPresent;
  private boolean isOfWrongType;

  /**
   * Makes a member that no object holds yet.
   *
   * @param name its path in the JSON, with points between the names
   * @param required whether the record must have it
   */
  Member(String name, boolean required) {
    this.name = UTF8String.fromString(name);
    this.required = required;
  }

  /** Its path, for the column {@code reason_field}. */
  final UTF8String name() {
    return name;
  }

  /** Puts it into an object, without which it is not missed. */
  final void setParent(ObjectValue object) {
    parent = object;
  }

  /** Forgets the record. */
  void clear() {
    isPresent = false;
    isOfWrongType = false;
  }

  /**
   * Reads its value in place of the one before; of a name that stands twice the last value counts.
   *
   * @param token the value's first token, at which {@code parser} stands; at its last one afterwards
   */
  final void read(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      clear();
    } else {
      isPresent = take(parser, token);
      isOfWrongType = !isPresent;
      parser.skipChildren();
    }
  }

  /** Reads a value that is not null; false where the contract wants another type. */
  abstract boolean take(JsonParser parser, JsonToken token) throws IOException;

  final boolean isPresent() {
    return isPresent;
  }

  final boolean isOfWrongType() {
    return isOfWrongType;
  }

  /** Whether the record must have it and does not. */
  final boolean isMissing() {
    return required && !isPresent && !isOfWrongType && (parent == null || parent.isPresent());
  }
}
