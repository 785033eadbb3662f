package streamingml.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a record must look like to be valid, read from {@code event.schema.json}.
 *
 * <p>It travels to the executors with the function that was bound to it.
 */
public final class EventContract implements Serializable {

  private static final long serialVersionUID = 1;
  private static final String RESOURCE = "/contracts/event.schema.json";

  /**
   * What the contract says of one field.
   *
   * @param required absent or null sends the record to quarantine
   * @param minimumLength fewest characters
   * @param maximumLength most characters, {@link Integer#MAX_VALUE} where there is no limit
   * @param allowed the only values, empty where any is allowed
   */
  record Rule(
    boolean required,
    int minimumLength,
    int maximumLength,
    Set<String> allowed
  ) implements Serializable {}

  private final EnumMap<EventField, Rule> rules;
  private final int maximumRecordBytes;

  private EventContract(EnumMap<EventField, Rule> rules, int maximumRecordBytes) {
    this.rules = rules;
    this.maximumRecordBytes = maximumRecordBytes;
  }

  Rule rule(EventField field) {
    return rules.get(field);
  }

  /** Most bytes of one record. */
  int maximumRecordBytes() {
    return maximumRecordBytes;
  }

  /**
   * Reads the contract that lies in the jar.
   *
   * @throws IllegalStateException the jar holds none, or one that this job cannot hold a record to
   */
  static EventContract load() {
    try (InputStream resource = EventContract.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(
          "The jar of the job holds no " + RESOURCE + ". Build it again with `make setup`."
        );
      }
      return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException exception) {
      throw new UncheckedIOException("The jar of the job could not be read.", exception);
    }
  }

  /**
   * Turns the JSON schema of an event into a contract.
   *
   * @throws IllegalStateException with everything in it that does not fit this job
   */
  public static EventContract parse(String schema) {
    return parse(tree(schema));
  }

  private static JsonNode tree(String schema) {
    try {
      return new ObjectMapper().readTree(schema);
    } catch (JsonProcessingException exception) {
      throw new IllegalStateException("The event contract is no JSON.", exception);
    }
  }

  private static EventContract parse(JsonNode schema) {
    JsonNode properties = schema.path("properties");
    List<String> problems = new ArrayList<>();
    Set<String> unknown = new TreeSet<>();
    properties.fieldNames().forEachRemaining(unknown::add);
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    EnumMap<EventField, Rule> rules = new EnumMap<>(EventField.class);
    for (EventField field : EventField.values()) {
      unknown.remove(field.jsonName);
      JsonNode property = properties.path(field.jsonName);
      if (property.isMissingNode()) {
        problems.add(field.jsonName + " is absent");
      } else if (!isString(property)) {
        problems.add(field.jsonName + " has the type " + property.path("type") + ", not string");
      } else {
        rules.put(field, rule(property, required.contains(field.jsonName)));
      }
    }
    unknown.forEach(name -> problems.add(name + " is a field that the lake has no column for"));
    JsonNode earliest = properties.at("/created_at/formatMinimum");
    if (!earliest.asText().equals(Timestamps.EARLIEST)) {
      problems.add("created_at begins with " + earliest + ", not with " + Timestamps.EARLIEST);
    }
    JsonNode maximumRecordBytes = schema.at("/$defs/record/maxLength");
    if (!maximumRecordBytes.isInt()) {
      problems.add("$defs.record.maxLength is " + maximumRecordBytes + ", not a number of bytes");
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
        "The event contract does not fit this job: " + String.join("; ", problems) + "."
      );
    }
    return new EventContract(rules, maximumRecordBytes.asInt());
  }

  private static boolean isString(JsonNode property) {
    JsonNode type = property.path("type");
    if (type.isArray()) {
      Set<String> types = new TreeSet<>();
      type.forEach(one -> types.add(one.asText()));
      return types.equals(Set.of("null", "string"));
    }
    return type.isMissingNode() ? property.path("enum").isArray() : type.asText().equals("string");
  }

  private static Rule rule(JsonNode property, boolean required) {
    Set<String> allowed = new HashSet<>();
    property.path("enum").forEach(value -> {
      if (value.isTextual()) {
        allowed.add(value.asText());
      }
    });
    return new Rule(
      required,
      property.path("minLength").asInt(0),
      property.path("maxLength").asInt(Integer.MAX_VALUE),
      allowed
    );
  }
}
