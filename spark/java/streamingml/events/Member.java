package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A field, or an object around fields, of the current record. One instance per member of the contract
 * is used for all records.
 */
abstract class Member {

  private final UTF8String name;
  private final boolean required;
  private ObjectValue parent;
  // Both are false if it is absent or null.
  private boolean isPresent;
  private boolean isOfWrongType;

  /**
   * Creates a member without a parent.
   *
   * @param name its path in the JSON, joined by dots
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

  /** Sets the object around it; without that object it is not missing. */
  final void setParent(ObjectValue object) {
    parent = object;
  }

  /** Forgets the record. */
  void clear() {
    isPresent = false;
    isOfWrongType = false;
  }

  /**
   * Reads its value; if a name is there twice, the last value counts.
   *
   * @param token the value's first token, at which {@code parser} is; afterwards it is at the last one
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

  /** Reads a value that is not null; returns whether it has the contract's type. */
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
