package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * An object with fields or further objects; other members are counted and skipped.
 */
final class ObjectValue extends Member {

  private final Map<String, Member> byName = new HashMap<>();
  private final UnknownFields unknown;
  private Member[] members = {};

  /**
   * Creates an object without members.
   *
   * @param name its path in the JSON, joined by dots
   * @param required whether the record must have it
   * @param unknown counts the document's fields that the contract does not have
   */
  ObjectValue(String name, boolean required, UnknownFields unknown) {
    super(name, required);
    this.unknown = unknown;
  }

  /** Adds the member with the name {@code key}. */
  void add(String key, Member member) {
    byName.put(key, member);
    members = Arrays.copyOf(members, members.length + 1);
    members[members.length - 1] = member;
  }

  /** Returns the object with the name {@code key}, null if there is none. */
  ObjectValue object(String key) {
    return byName.get(key) instanceof ObjectValue object ? object : null;
  }

  @Override
  void clear() {
    super.clear();
    for (Member member : members) {
      member.clear();
    }
  }

  @Override
  boolean take(JsonParser parser, JsonToken token) throws IOException {
    clear();
    if (token != JsonToken.START_OBJECT) {
      return false;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Member member = byName.get(name);
      JsonToken value = parser.nextToken();
      if (member != null) {
        member.read(parser, value);
      } else {
        unknown.add();
        parser.skipChildren();
      }
    }
    return true;
  }
}
