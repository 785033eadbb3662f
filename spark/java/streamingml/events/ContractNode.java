package streamingml.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An object of the compiled contract. A value without the expected form becomes a problem, and
 * reading continues with a default.
 *
 * @param node the object
 * @param place its path, for messages; empty for the contract itself
 * @param problems receives the problems
 */
record ContractNode(JsonNode node, String place, List<String> problems) {
  boolean has(String key) {
    return node.has(key);
  }

  /** A string that is not empty. */
  String text(String key) {
    return expect(
      key,
      "a string",
      value -> value.isTextual() && !value.asText().isEmpty()
    ).asText();
  }

  boolean flag(String key) {
    return expect(key, "true or false", JsonNode::isBoolean).asBoolean();
  }

  /** A whole number from {@code least} to {@code most}. */
  int count(String key, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    JsonNode value = expect(
      key,
      expected,
      one -> one.isInt() && one.asInt() >= least && one.asInt() <= most
    );
    return value.asInt(least);
  }

  double number(String key) {
    return expect(key, "a number", JsonNode::isNumber).asDouble();
  }

  /** Strings, none of them empty. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : array(
      key,
      "strings",
      item -> item.isTextual() && !item.asText().isEmpty()
    )) {
      texts.add(one.asText());
    }
    return texts;
  }

  List<ContractNode> objects(String key) {
    List<ContractNode> objects = new ArrayList<>();
    for (JsonNode one : array(key, "objects", JsonNode::isObject)) {
      objects.add(new ContractNode(one, named(key) + "[" + objects.size() + "]", problems));
    }
    return objects;
  }

  /** Adds a problem with the value of {@code key}. */
  void refuse(String key, String expected) {
    JsonNode value = node.get(key);
    String received = value == null ? "absent" : value.toString();
    problems.add(named(key) + " is " + received + ", expected " + expected);
  }

  private Iterable<JsonNode> array(String key, String what, Function<JsonNode, Boolean> isItem) {
    return expect(key, "an array of " + what, value -> {
      boolean isArray = value.isArray();
      for (JsonNode item : value) {
        isArray &= isItem.apply(item);
      }
      return isArray;
    });
  }

  private JsonNode expect(String key, String expected, Function<JsonNode, Boolean> isExpected) {
    JsonNode value = node.path(key);
    if (isExpected.apply(value)) {
      return value;
    }
    refuse(key, expected);
    return node.path("");
  }

  private String named(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
