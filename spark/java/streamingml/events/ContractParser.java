package streamingml.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses a compiled contract, and reports all problems with it at once. */
final class ContractParser {

  private static final int VERSION = 1;
  private static final int MOST_RECORD_BYTES = 10 * 1024 * 1024;
  private static final double LARGEST_INTEGER = 9007199254740991.0;

  private final List<String> problems = new ArrayList<>();

  /**
   * Parses the text of a contract.
   *
   * @throws IllegalStateException with everything in it that this job does not support
   */
  EventContract parse(String text) {
    JsonNode tree = tree(text);
    if (tree.path("version").asInt() != VERSION) {
      throw new IllegalStateException(
        "The event contract has the format version " +
          tree.get("version") +
          ", and this job reads " +
          "version " +
          VERSION +
          ": deploy the job and its contract from the same program."
      );
    }
    ContractNode contract = new ContractNode(tree, "", problems);
    int maximumRecordBytes = contract.count("maximumRecordBytes", 1, MOST_RECORD_BYTES);
    List<ObjectRule> objects = contract
      .objects("objects")
      .stream()
      .map(node -> new ObjectRule(node.texts("path"), node.flag("required")))
      .toList();
    List<FieldRule> fields = contract.objects("fields").stream().map(this::field).toList();
    checkTogether(fields, objects);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
        "The event contract does not fit this job: " + String.join("; ", problems) + "."
      );
    }
    return new EventContract(maximumRecordBytes, fields, objects);
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException exception) {
      throw new IllegalStateException("The event contract is not JSON.", exception);
    }
  }

  private FieldRule field(ContractNode node) {
    FieldType type = type(node);
    Set<FieldUse> uses = uses(node);
    FieldRule.Items items = items(node);
    checkUses(node, type, items != null, uses);
    return new FieldRule(
      node.texts("path"),
      node.text("column"),
      type,
      items,
      node.flag("required"),
      node.has("minimumLength") ? node.count("minimumLength", 0, Integer.MAX_VALUE) : 0,
      node.has("maximumLength")
        ? node.count("maximumLength", 0, Integer.MAX_VALUE)
        : Integer.MAX_VALUE,
      limit(node, "minimum", type, -Double.MAX_VALUE),
      limit(node, "maximum", type, Double.MAX_VALUE),
      node.has("allowed") ? Set.copyOf(node.texts("allowed")) : Set.of(),
      uses
    );
  }

  private static FieldType type(ContractNode node) {
    String code = node.node().path("type").asText();
    for (FieldType type : FieldType.values()) {
      if (type.code.equals(code)) {
        return type;
      }
    }
    node.refuse("type", "string, date-time, integer, number or boolean");
    return FieldType.STRING;
  }

  private static Set<FieldUse> uses(ContractNode node) {
    Set<FieldUse> uses = EnumSet.noneOf(FieldUse.class);
    List<String> codes = node.texts("uses");
    for (FieldUse use : FieldUse.values()) {
      if (codes.contains(use.code)) {
        uses.add(use);
      }
    }
    if (uses.size() != codes.size()) {
      node.refuse("uses", "some of identity, pseudonym, mask, event-time, label and slice");
    }
    return uses;
  }

  private static FieldRule.Items items(ContractNode node) {
    if (!node.has("maximumItems")) {
      return null;
    }
    int most = node.count("maximumItems", 1, Integer.MAX_VALUE);
    int fewest = node.has("minimumItems") ? node.count("minimumItems", 0, most) : 0;
    return new FieldRule.Items(fewest, most);
  }

  private static double limit(ContractNode node, String key, FieldType type, double unlimited) {
    if (type == FieldType.NUMBER) {
      return node.has(key) ? node.number(key) : unlimited;
    }
    if (type != FieldType.INTEGER) {
      return unlimited;
    }
    double limit = node.number(key);
    if (limit != Math.rint(limit) || Math.abs(limit) > LARGEST_INTEGER) {
      node.refuse(key, "a whole number that every JSON parser represents exactly");
    }
    return limit;
  }

  private static void checkUses(
    ContractNode node,
    FieldType type,
    boolean isArray,
    Set<FieldUse> uses
  ) {
    boolean isPseudonymous = type == FieldType.STRING || type == FieldType.INTEGER;
    if (uses.contains(FieldUse.PSEUDONYM) && !isPseudonymous) {
      node.refuse("type", "string or integer, for pseudonyms");
    }
    if (uses.contains(FieldUse.MASK) && type != FieldType.STRING) {
      node.refuse("type", "string, for masking");
    }
    if (uses.contains(FieldUse.EVENT_TIME) && (type != FieldType.DATE_TIME || isArray)) {
      node.refuse("type", "date-time, not an array, for the event's time");
    }
  }

  private void checkTogether(List<FieldRule> fields, List<ObjectRule> objects) {
    if (fields.isEmpty()) {
      problems.add("fields is empty, expected at least one");
    }
    Set<String> columns = new HashSet<>(List.of("reason", "reason_field"));
    Set<List<String>> known = new HashSet<>();
    objects.forEach(object -> known.add(object.path()));
    for (FieldRule field : fields) {
      if (!columns.add(field.column())) {
        problems.add("the column " + field.column() + " is there more than once");
      }
      for (int depth = 1; depth < field.path().size(); depth++) {
        if (!known.contains(field.path().subList(0, depth))) {
          problems.add("objects does not have the object around " + field.name());
        }
      }
    }
  }
}
