package streamingml.kinesis.offset.former;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static streamingml.kinesis.offset.former.RecordedCheckpoint.COMMITTED_AT;
import static streamingml.kinesis.offset.former.RecordedCheckpoint.STREAM_CREATED_AT;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checkpoints that are refused; the texts are those of {@link FormerOffsetsTest}. */
final class FormerRefusalsTest {

  private static final String SHARD = "shardId-000000000000";
  private static final String OFFSET = """
  {"metadata":{"streamName":"events","batchId":"7"},"shardId-000000000000":{"subSequenceNumber":"-1",\
  "isLast":"true","iteratorType":"AFTER_SEQUENCE_NUMBER","iteratorPosition":"20"}}""";
  private static final String FILE = """
  {"shardId":"shardId-000000000000","iteratorType":"AFTER_SEQUENCE_NUMBER","iteratorPosition":"40",\
  "subSequenceNumber":-1,"isLast":true}""";
  private static final String UNKNOWN =
    "It is not known where aws-kinesis stopped reading stream events: ";

  private static String wayOut(String remedy) {
    return (
      "; set job.source back, " +
      remedy +
      ", stop it with job.enabled: false and change the source then, or begin with a new job.generation."
    );
  }

  private static RecordedCheckpoint withFile(String text) {
    return new RecordedCheckpoint().log(7, OFFSET, 7).file("shard-source", 7, SHARD, text);
  }

  private static String refusal(RecordedCheckpoint checkpoint, String json, Instant createdAt) {
    FormerOffsets offsets = new FormerOffsets(checkpoint);
    return assertThrows(IllegalArgumentException.class, () ->
      offsets.read(json, createdAt, List::of)
    ).getMessage();
  }

  private static String refusal(RecordedCheckpoint checkpoint) {
    return refusal(checkpoint, OFFSET, STREAM_CREATED_AT);
  }

  @Test
  void refusesWhileAMicroBatchIsUnderWay() {
    String expected =
      UNKNOWN +
      "micro-batch 7 was started and not completed, so its end is unknown" +
      wayOut("let the job complete it");
    assertEquals(expected, refusal(withFile(FILE).log(7, OFFSET, 6)));
    assertEquals(expected, refusal(withFile(FILE).begunOnly(7, OFFSET)));
  }

  @Test
  void refusesWithoutTheFileOfAShard() {
    String expected =
      UNKNOWN +
      "there is no file of shardId-000000000000 in shard-source/7" +
      wayOut("let the job complete another micro-batch");
    assertEquals(expected, refusal(new RecordedCheckpoint().log(7, OFFSET, 7)));
    // An older file has the start of the micro-batch, not its end.
    assertEquals(
      expected,
      refusal(new RecordedCheckpoint().log(7, OFFSET, 7).file("shard-source", 6, SHARD, FILE))
    );
  }

  @Test
  void refusesAShardSaidToBeAtItsEndThatNoFileSaysWasRead() {
    assertEquals(
      UNKNOWN +
        "there is no file of shardId-000000000000 in shard-source/7" +
        wayOut("let the job complete another micro-batch"),
      refusal(
        new RecordedCheckpoint().log(7, OFFSET, 7),
        OFFSET.replace("AFTER_SEQUENCE_NUMBER", "SHARD_END"),
        STREAM_CREATED_AT
      )
    );
  }

  @Test
  void refusesWithinAnAggregatedRecord() {
    assertEquals(
      UNKNOWN +
        "it stopped within an aggregated record of shardId-000000000000" +
        wayOut("let the job read all that is in the stream"),
      refusal(withFile(FILE.replace("-1,\"isLast\":true", "3,\"isLast\":false")))
    );
  }

  @Test
  void refusesAShardThatWasToBeReadFromAMomentAndNeverWas() {
    assertEquals(
      UNKNOWN +
        "it has read no record of shardId-000000000000, which it was to read from AT_TIMESTAMP" +
        wayOut("let the job read a record of that shard"),
      refusal(
        withFile(
          FILE.replace("AFTER_SEQUENCE_NUMBER", "AT_TIMESTAMP").replace("40", "1700000000000")
        )
      )
    );
  }

  @Test
  void refusesDamagedFiles() {
    String remedy = wayOut("let the job complete another micro-batch");
    assertEquals(
      UNKNOWN +
        "its file shard-source/7/shardId-000000000000 is damaged (it is not a complete JSON text)" +
        remedy,
      refusal(withFile(FILE.substring(0, 50)))
    );
    assertEquals(
      UNKNOWN +
        "its file shard-source/7/shardId-000000000000 is damaged (there is no string at iteratorType)" +
        remedy,
      refusal(withFile("{}"))
    );
    assertEquals(
      UNKNOWN + "the position of shardId-000000000000 is not a sequence number (forty)" + remedy,
      refusal(withFile(FILE.replace("40", "forty")))
    );
  }

  @Test
  void refusesThePositionsOfAnEarlierStreamOfTheSameName() {
    assertEquals(
      "The checkpoint was last written at 2026-11-29T06:00:00Z, before the stream events was created at " +
        "2026-11-29T06:00:01Z: it belongs to an earlier stream with that name, so begin with a new job.generation.",
      refusal(withFile(FILE), OFFSET, COMMITTED_AT.plusSeconds(1))
    );
  }

  @Test
  void refusesADamagedOffset() {
    assertEquals(
      "The checkpoint's offset is damaged (it names no shard): put back an older version of the checkpoint, " +
        "or begin with a new job.generation.",
      refusal(
        withFile(FILE),
        "{\"metadata\":{\"streamName\":\"events\",\"batchId\":\"-1\"}}",
        COMMITTED_AT
      )
    );
  }

  @Test
  void leadsBackToQubolesConnectorByTheReleaseThatHasIt() {
    String json = """
    {"metadata":{"streamName":"events","batchId":"7"},"shardId-000000000000":{"iteratorType":"TRIM_HORIZON",\
    "iteratorPosition":""}}""";
    assertEquals(
      "It is not known where kinesis stopped reading stream events: there is no file of " +
        "shardId-000000000000 in shard-commit/7; deploy the release before this one again, " +
        "let the job complete another micro-batch, stop it with job.enabled: false and change the source then, or " +
        "begin with a new job.generation.",
      refusal(new RecordedCheckpoint().log(7, json, 7), json, STREAM_CREATED_AT)
    );
  }
}
