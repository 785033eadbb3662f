package streamingml.kinesis.offset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import streamingml.kinesis.stream.SequenceNumber;

/**
 * The form of an offset in a checkpoint. Equal offsets give equal texts, because Spark compares the texts; no values of a
 * clock make equal offsets differ.
 *
 * <pre>{@code
 * {"version":1,"stream":{"name":"events","createdAt":"2026-11-29T05:00:00Z"},"shards":{
 *   "shardId-000000000000":{"position":"AFTER","sequenceNumber":"4960…","arrivedAt":"…","from":"4960…"},
 *   "shardId-000000000001":{"position":"TRIM_HORIZON","waitsFor":["shardId-000000000000"]}}}
 * }</pre>
 */
public final class OffsetJson {

  /** The version this class writes, and the only one it reads. */
  public static final int VERSION = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OffsetJson() {}

  /** Writes an offset. */
  public static String write(StreamOffset offset) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", VERSION);
    ObjectNode stream = root.putObject("stream");
    stream.put("name", offset.stream());
    stream.put("createdAt", offset.streamCreatedAt().toString());
    ObjectNode shards = root.putObject("shards");
    offset.shards().forEach((id, shard) -> write(shard, shards.putObject(id)));
    return root.toString();
  }

  /** Whether a text has this form, in any version. */
  public static boolean isOwn(String json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      return root.path("version").isInt() && root.path("stream").isObject();
    } catch (JsonProcessingException error) {
      return false;
    }
  }

  /**
   * Reads an offset.
   *
   * @throws IllegalArgumentException it was written by another version, or is damaged
   */
  public static StreamOffset read(String json) {
    try {
      return readRoot(MAPPER.readTree(json));
    } catch (OtherVersionException error) {
      throw error;
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException error) {
      throw new IllegalArgumentException(
        "The checkpoint's offset is damaged (" +
          error.getMessage().lines().findFirst().orElse("") +
          "): put back an older version of the checkpoint, or begin with a new job.generation.",
        error
      );
    }
  }

  private static StreamOffset readRoot(JsonNode root) {
    int version = root.path("version").asInt(0);
    if (version != VERSION) {
      throw new OtherVersionException(version);
    }
    JsonNode stream = root.path("stream");
    Map<String, ShardOffset> shards = new TreeMap<>();
    root
      .path("shards")
      .fields()
      .forEachRemaining(shard -> shards.put(shard.getKey(), readShard(shard.getValue())));
    return new StreamOffset(text(stream, "name"), Instant.parse(text(stream, "createdAt")), shards);
  }

  private static void write(ShardOffset shard, ObjectNode node) {
    Position position = shard.position();
    if (position instanceof Position.TrimHorizon) {
      node.put("position", "TRIM_HORIZON");
    } else if (position instanceof Position.End) {
      node.put("position", "END");
    } else if (position instanceof Position.After after) {
      node.put("position", "AFTER");
      node.put("sequenceNumber", after.sequenceNumber().toString());
      after.arrival().ifPresent(arrival -> node.put("arrivedAt", arrival.toString()));
    } else if (position instanceof Position.At at) {
      node.put("position", "AT");
      node.put("sequenceNumber", at.sequenceNumber().toString());
      node.put("arrivedAt", at.arrivedAt().toString());
    }
    shard.from().ifPresent(from -> node.put("from", from.toString()));
    shard.tipSeenAt().ifPresent(seen -> node.put("tipSeenAt", seen.toString()));
    if (!shard.waitsFor().isEmpty()) {
      shard.waitsFor().forEach(node.withArray("waitsFor")::add);
    }
  }

  private static ShardOffset readShard(JsonNode node) {
    List<String> waitsFor = new ArrayList<>();
    node.path("waitsFor").forEach(parent -> waitsFor.add(parent.asText()));
    return new ShardOffset(
      readPosition(node),
      optionalText(node, "from").map(SequenceNumber::of),
      optionalText(node, "tipSeenAt").map(Instant::parse),
      waitsFor
    );
  }

  private static Position readPosition(JsonNode node) {
    String kind = text(node, "position");
    return switch (kind) {
      case "TRIM_HORIZON" -> new Position.TrimHorizon();
      case "END" -> new Position.End();
      case "AFTER" -> new Position.After(
        SequenceNumber.of(text(node, "sequenceNumber")),
        optionalText(node, "arrivedAt").map(Instant::parse)
      );
      case "AT" -> new Position.At(
        SequenceNumber.of(text(node, "sequenceNumber")),
        Instant.parse(text(node, "arrivedAt"))
      );
      default -> throw new IllegalArgumentException("the position " + kind + " is unknown");
    };
  }

  private static String text(JsonNode node, String field) {
    return optionalText(node, field).orElseThrow(() ->
      new IllegalArgumentException("there is no string at " + field)
    );
  }

  private static Optional<String> optionalText(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static final class OtherVersionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    OtherVersionException(int version) {
      super(
        "The checkpoint's offset is of version " +
          version +
          ", and this source reads version " +
          VERSION +
          " only: deploy the release that wrote it, or begin with a new job.generation."
      );
    }
  }
}
