package streamingml.kinesis.offset.former;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/**
 * The two forms of JSON that the former connectors write.
 *
 * <pre>{@code
 * {"metadata":{"streamName":"events","batchId":"7"},"shardId-000000000000":{"iteratorType":"AFTER_SEQUENCE_NUMBER",
 *   "iteratorPosition":"4960…"}}                                  an offset of Qubole's
 * {"shardId":"shardId-000000000000","iteratorType":"AFTER_SEQUENCE_NUMBER","iteratorPosition":"4960…",
 *   "subSequenceNumber":-1,"isLast":true}                         a shard's file of EMR's
 * }</pre>
 *
 * EMR's connector has {@code subSequenceNumber} and {@code isLast} in addition: as text in offsets, as values in files.
 */
final class FormerJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String METADATA = "metadata";
  private static final String IS_LAST = "isLast";

  private FormerJson() {}

  /** Whether a text is an offset of one of the former connectors. */
  static boolean isOffset(String json) {
    try {
      return MAPPER.readTree(json).path(METADATA).path("batchId").isTextual();
    } catch (JsonProcessingException error) {
      return false;
    }
  }

  /**
   * Reads an offset.
   *
   * @throws IllegalArgumentException it is damaged, or names no shard; the message says what is missing
   */
  static FormerOffset readOffset(String json) {
    JsonNode root = parse(json);
    JsonNode metadata = root.path(METADATA);
    Map<String, FormerShard> shards = new TreeMap<>();
    FormerConnector connector = FormerConnector.QUBOLE;
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        shards.put(entry.getKey(), readShard(entry.getValue()));
        connector = entry.getValue().has(IS_LAST) ? FormerConnector.AWS_KINESIS : connector;
      }
    }
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("it names no shard");
    }
    return new FormerOffset(
      connector,
      text(metadata, "streamName"),
      Long.parseLong(text(metadata, "batchId")),
      shards
    );
  }

  /**
   * Reads the file of a shard.
   *
   * @throws IllegalArgumentException it is damaged; the message says what is missing
   */
  static FormerShard readShardFile(String json) {
    return readShard(parse(json));
  }

  private static FormerShard readShard(JsonNode node) {
    return new FormerShard(
      text(node, "iteratorType"),
      text(node, "iteratorPosition"),
      node.path(IS_LAST).asBoolean(true)
    );
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException error) {
      throw new IllegalArgumentException("it is not a complete JSON text", error);
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("there is no string at " + field);
    }
    return value.asText();
  }
}
