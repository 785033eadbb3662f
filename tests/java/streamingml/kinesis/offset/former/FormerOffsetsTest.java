package streamingml.kinesis.offset.former;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static streamingml.kinesis.offset.former.RecordedCheckpoint.STREAM_CREATED_AT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.offset.OffsetJson;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.Shard;

/**
 * The AWS texts were written by KinesisV2SourceOffset.json and the serialization of ShardInfo, both of tag v1.4.2 of
 * awslabs/spark-sql-kinesis-connector (unchanged in branches 1.4.3 and 2.0.0); Qubole's by a run of 1.2.0_spark-3.0.
 */
final class FormerOffsetsTest {

  private static final String ZERO = "shardId-000000000000";
  private static final String ONE = "shardId-000000000001";
  private static final String TWO = "shardId-000000000002";
  private static final String START = "49590338271490256608559692538361571095921575989136588898";
  private static final String END = "49590338271490256608559692538361571095921575989136588999";

  private static final Position BEGINNING = new Position.TrimHorizon();

  /** ONE and TWO followed ZERO when it was split. */
  private static final Supplier<List<Shard>> SHARDS = () ->
    List.of(
      new Shard(ZERO, List.of()),
      new Shard(ONE, List.of(ZERO)),
      new Shard(TWO, List.of(ZERO))
    );

  private static String aws(String shardId, String type, String position, int sub, boolean last) {
    return """
    {"shardId":"%s","iteratorType":"%s","iteratorPosition":"%s","subSequenceNumber":%d,"isLast":%b}""".formatted(
      shardId,
      type,
      position,
      sub,
      last
    );
  }

  private static String awsStart(String shardId, String type, String position) {
    return """
    "%s":{"subSequenceNumber":"-1","isLast":"true","iteratorType":"%s","iteratorPosition":"%s"}""".formatted(
      shardId,
      type,
      position
    );
  }

  private static String awsOffset(long batch, String... shards) {
    return """
    {"metadata":{"streamName":"events","batchId":"%d"},%s}""".formatted(
      batch,
      String.join(",", shards)
    );
  }

  private static Position after(String number) {
    return new Position.After(SequenceNumber.of(number), Optional.empty());
  }

  private static Map<String, Position> read(RecordedCheckpoint checkpoint, String json) {
    StreamOffset offset = new FormerOffsets(checkpoint).read(json, STREAM_CREATED_AT, SHARDS);
    assertEquals("events", offset.stream());
    assertEquals(STREAM_CREATED_AT, offset.streamCreatedAt());
    return offset
      .shards()
      .entrySet()
      .stream()
      .collect(Collectors.toMap(Map.Entry::getKey, shard -> shard.getValue().position()));
  }

  @Test
  void goesOnWhereTheShardsFilesSayTheMicroBatchEndedNotWhereItBegan() {
    String json = awsOffset(
      7,
      awsStart(TWO, "TRIM_HORIZON", ""),
      awsStart(ZERO, "AFTER_SEQUENCE_NUMBER", START),
      awsStart(ONE, "AFTER_SEQUENCE_NUMBER", START)
    );
    RecordedCheckpoint checkpoint = new RecordedCheckpoint()
      // Spark may count otherwise than the connector.
      .log(9, json, 9)
      .file("shard-source", 7, ZERO, aws(ZERO, "AFTER_SEQUENCE_NUMBER", END, -1, true))
      // The last event of an aggregated record: the whole record was read.
      .file("shard-source", 7, ONE, aws(ONE, "AFTER_SEQUENCE_NUMBER", END, 3, true))
      .file("shard-source", 7, TWO, aws(TWO, "TRIM_HORIZON", "", -1, true))
      // From a micro-batch that is no longer in Spark's logs, because an older version was restored.
      .file("shard-source", 8, ZERO, aws(ZERO, "SHARD_END", "", -1, true));
    assertEquals(Map.of(ZERO, after(END), ONE, after(END), TWO, BEGINNING), read(checkpoint, json));
  }

  @Test
  void beginsWhatFollowsAShardThatWasReadToItsEndBeforeItLeftTheOffsets() {
    String json = awsOffset(7, awsStart(ONE, "TRIM_HORIZON", ""));
    RecordedCheckpoint checkpoint = new RecordedCheckpoint()
      .log(7, json, 7)
      .file("shard-source", 4, ZERO, aws(ZERO, "AFTER_SEQUENCE_NUMBER", END, -1, true))
      .file("shard-source", 5, ZERO, aws(ZERO, "SHARD_END", "", -1, true))
      .file("shard-source", 7, ONE, aws(ONE, "AFTER_SEQUENCE_NUMBER", END, -1, true));
    assertEquals(Map.of(ONE, after(END), TWO, BEGINNING), read(checkpoint, json));
  }

  @Test
  void readsTheRestOfShardsThatNewerVersionsDropWhenTheyAreClosed() {
    String json = awsOffset(10, awsStart(TWO, "TRIM_HORIZON", ""));
    RecordedCheckpoint checkpoint = new RecordedCheckpoint()
      .log(10, json, 10)
      .file("shard-source", 10, TWO, aws(TWO, "AFTER_SEQUENCE_NUMBER", END, -1, true))
      // By number, not by name: 9 is newer than 10 where names are compared.
      .file("shard-source", 9, ZERO, aws(ZERO, "AFTER_SEQUENCE_NUMBER", START, -1, true))
      .file("shard-source", 8, ZERO, aws(ZERO, "AFTER_SEQUENCE_NUMBER", "1", -1, true))
      .file("shard-source", 9, ONE, aws(ONE, "TRIM_HORIZON", "", -1, true));
    assertEquals(
      Map.of(ZERO, after(START), ONE, BEGINNING, TWO, after(END)),
      read(checkpoint, json)
    );
  }

  @Test
  void readsTheFilesOfQubolesConnector() {
    // A shard that the micro-batch before has read to its end is still named, and has no file any more.
    String json = """
    {"shardId-000000000002":{"iteratorType":"AFTER_SEQUENCE_NUMBER","iteratorPosition":"35"},\
    "metadata":{"streamName":"events","batchId":"3"},\
    "shardId-000000000001":{"iteratorType":"AFTER_SEQUENCE_NUMBER","iteratorPosition":"30"},\
    "shardId-000000000000":{"iteratorType":"SHARD_END","iteratorPosition":""}}""";
    RecordedCheckpoint checkpoint = new RecordedCheckpoint()
      .log(3, json, 3)
      .file(
        "shard-commit",
        2,
        ZERO,
        """
        {"shardId":"shardId-000000000000","iteratorType":"SHARD_END","iteratorPosition":""}"""
      )
      .file(
        "shard-commit",
        3,
        ONE,
        """
        {"shardId":"shardId-000000000001","iteratorType":"AFTER_SEQUENCE_NUMBER","iteratorPosition":"40"}"""
      )
      .file(
        "shard-commit",
        3,
        TWO,
        """
        {"shardId":"shardId-000000000002","iteratorType":"AFTER_SEQUENCE_NUMBER","iteratorPosition":"45"}"""
      );
    assertEquals(Map.of(ONE, after("40"), TWO, after("45")), read(checkpoint, json));
  }

  @Test
  void readsTheSameAgainWhenTheFirstMicroBatchOfThisSourceIsReplayed() {
    String json = awsOffset(7, awsStart(ZERO, "AFTER_SEQUENCE_NUMBER", START));
    RecordedCheckpoint checkpoint = new RecordedCheckpoint()
      .log(7, json, 7)
      .file("shard-source", 7, ZERO, aws(ZERO, "AFTER_SEQUENCE_NUMBER", END, -1, true));
    StreamOffset first = new FormerOffsets(checkpoint).read(json, STREAM_CREATED_AT, SHARDS);
    checkpoint.log(8, OffsetJson.write(first), 7);
    assertEquals(first, new FormerOffsets(checkpoint).read(json, STREAM_CREATED_AT, SHARDS));
  }

  @Test
  void readsAnOffsetOnceHoweverOftenItIsAskedFor() {
    String json = awsOffset(7, awsStart(ZERO, "AFTER_SEQUENCE_NUMBER", START));
    RecordedCheckpoint checkpoint = new RecordedCheckpoint()
      .log(7, json, 7)
      .file("shard-source", 6, ZERO, aws(ZERO, "AFTER_SEQUENCE_NUMBER", START, -1, true))
      .file("shard-source", 7, ZERO, aws(ZERO, "AFTER_SEQUENCE_NUMBER", END, -1, true));
    FormerOffsets offsets = new FormerOffsets(checkpoint);
    assertEquals(
      offsets.read(json, STREAM_CREATED_AT, SHARDS),
      offsets.read(json, STREAM_CREATED_AT, SHARDS)
    );
    assertEquals(1, checkpoint.reads());
  }

  @Test
  void knowsTheFormersOffsetsFromItsOwn() {
    assertTrue(FormerOffsets.isFormer(awsOffset(7, awsStart(ZERO, "TRIM_HORIZON", ""))));
    StreamOffset own = new StreamOffset("events", STREAM_CREATED_AT, Map.of());
    assertFalse(FormerOffsets.isFormer(OffsetJson.write(own)));
    assertFalse(FormerOffsets.isFormer("{\"shardId-000000000000\":"));
  }
}
