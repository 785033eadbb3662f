package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * An object that holds fields or further objects; what it holds beside them is counted and passed
 * over.
 */
final class ObjectValue extends Member {

  private final Map<String, Member> byName = new HashMap<>();
  private final UnknownFields unknown;
  private Member[] members = {};

  /**
   * Makes an object that holds nothing yet.
   *
   * @param name its path in the JSON, with points between the names
   * @param required whether the record must have it
   * @param unknown the document's count of what the contract does not know
   */
  ObjectValue(String name, boolean required, UnknownFields unknown) {
    super(name, required);
    this.unknown = unknown;
  }

  /** Adds what stands in the object under {@code key}. */
  void add(String key, Member member) {
    byName.put(key, member);
    members = Arrays.copyOf(members, members.length + 1);
    members[members.length - 1] = member;
  }

  /** The object inside that stands under {@code key}, null where there is none. */
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
