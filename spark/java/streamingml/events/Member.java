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

  /** What the record holds under the member's name. */
  private enum State {
    ABSENT,
    PRESENT,
    WRONG_TYPE,
  }

  private final UTF8String name;
  private final boolean required;
  private ObjectValue parent;
  private State state = State.ABSENT;

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
    state = State.ABSENT;
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
      state = take(parser, token) ? State.PRESENT : State.WRONG_TYPE;
      parser.skipChildren();
    }
  }

  /** Reads a value that is not null; false where the contract wants another type. */
  abstract boolean take(JsonParser parser, JsonToken token) throws IOException;

  final boolean isPresent() {
    return state == State.PRESENT;
  }

  final boolean isOfWrongType() {
    return state == State.WRONG_TYPE;
  }

  /** Whether the record must have it and does not. */
  final boolean isMissing() {
    return required && state == State.ABSENT && (parent == null || parent.isPresent());
  }
}
