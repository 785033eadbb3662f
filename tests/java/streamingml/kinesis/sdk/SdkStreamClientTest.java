package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.relocated.software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import streamingml.relocated.software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import streamingml.relocated.software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/** The calls to Kinesis, and the results of its answers. */
final class SdkStreamClientTest {

  private static final String EMPTY_PAGE =
    "{\"Records\":[],\"NextShardIterator\":\"next\",\"MillisBehindLatest\":0}";

  @RegisterExtension
  final ServedKinesis kinesis = new ServedKinesis();

  @Test
  void describesTheStream() {
    kinesis
      .server()
      .answers(
        "{\"StreamDescriptionSummary\":{\"StreamName\":\"events\",\"StreamStatus\":\"ACTIVE\"," +
          "\"RetentionPeriodHours\":48,\"StreamCreationTimestamp\":1764394000.123,\"OpenShardCount\":2," +
          "\"StreamARN\":\"arn:aws:kinesis:eu-west-1:123456789012:stream/events\",\"EnhancedMonitoring\":[]}}"
      );
    assertEquals(
      new StreamSummary("events", Instant.ofEpochSecond(1_764_394_000L), Duration.ofHours(48)),
      kinesis.planning().summary()
    );
    assertEquals("DescribeStreamSummary", kinesis.server().requests().get(0).operation());
  }

  @Test
  void listsTheShardsOfAllPagesWithTheirParents() {
    String range =
      "\"HashKeyRange\":{\"StartingHashKey\":\"0\",\"EndingHashKey\":\"1\"}," +
      "\"SequenceNumberRange\":{\"StartingSequenceNumber\":\"1\"}";
    kinesis
      .server()
      .answers(
        "{\"Shards\":[{\"ShardId\":\"shardId-000000000000\"," + range + "}],\"NextToken\":\"more\"}"
      )
      .answers(
        "{\"Shards\":[{\"ShardId\":\"shardId-000000000001\",\"ParentShardId\":\"shardId-000000000000\"," +
          range +
          "},{\"ShardId\":\"shardId-000000000004\",\"ParentShardId\":\"shardId-000000000002\"," +
          "\"AdjacentParentShardId\":\"shardId-000000000003\"," +
          range +
          "}]}"
      );
    assertEquals(
      List.of(
        new Shard("shardId-000000000000", List.of()),
        new Shard("shardId-000000000001", List.of("shardId-000000000000")),
        new Shard("shardId-000000000004", List.of("shardId-000000000002", "shardId-000000000003"))
      ),
      kinesis.planning().shards()
    );
    assertEquals("{\"StreamName\":\"events\"}", kinesis.server().requests().get(0).text());
    assertEquals("{\"NextToken\":\"more\"}", kinesis.server().requests().get(1).text());
  }

  @Test
  void asksForAnIteratorAtEachKindOfStart() {
    kinesis.server().answers("{\"ShardIterator\":\"first\"}");
    SdkStreamClient client = kinesis.planning();
    String shard = "shardId-000000000000";
    assertEquals("first", client.iterator(shard, new IteratorStart.TrimHorizon()));
    client.iterator(shard, new IteratorStart.At(SequenceNumber.of("49590338271490256608")));
    client.iterator(shard, new IteratorStart.After(SequenceNumber.of("49590338271490256609")));
    client.iterator(shard, new IteratorStart.AtTime(Instant.ofEpochMilli(1_593_030_724_560L)));
    String begin =
      "{\"StreamName\":\"events\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":";
    assertEquals(
      List.of(
        begin + "\"TRIM_HORIZON\"}",
        begin + "\"AT_SEQUENCE_NUMBER\",\"StartingSequenceNumber\":\"49590338271490256608\"}",
        begin + "\"AFTER_SEQUENCE_NUMBER\",\"StartingSequenceNumber\":\"49590338271490256609\"}",
        begin + "\"AT_TIMESTAMP\",\"Timestamp\":1593030724.560}"
      ),
      kinesis.server().requests().stream().map(KinesisServer.Request::text).toList()
    );
  }

  @Test
  void sendsAMomentToTheMillisecondInKinesissBinaryFormatToo() throws IOException {
    kinesis.settings().set("aws.cborEnabled", "true");
    kinesis.server().refuses(500, "InternalFailure", "enough was seen");
    IteratorStart start = new IteratorStart.AtTime(Instant.ofEpochMilli(1_593_030_724_560L));
    try {
      kinesis.planning().iterator("shardId-000000000000", start);
    } catch (RuntimeException expected) {
      // The answer is JSON, which does not matter here.
    }
    KinesisServer.Request request = kinesis.server().requests().get(0);
    assertEquals("application/x-amz-cbor-1.1", request.headers().get("Content-Type"));
    try (JsonParser parser = new CBORFactory().createParser(request.body())) {
      while (parser.nextToken() != null && !"Timestamp".equals(parser.currentName())) {
        // Other fields come before it.
      }
      assertEquals(JsonToken.VALUE_NUMBER_INT, parser.nextToken());
      assertEquals(1_593_030_724_560L, parser.getLongValue());
    }
  }

  @Test
  void readsAPage() {
    kinesis
      .server()
      .answers(
        200,
        Instant.parse("2025-11-29T06:00:07Z"),
        "{\"Records\":[{\"SequenceNumber\":\"49590338271490256608\",\"PartitionKey\":\"p\"," +
          "\"ApproximateArrivalTimestamp\":1593030724.123,\"Data\":\"aGVsbG8=\"}]," +
          "\"NextShardIterator\":\"next\",\"MillisBehindLatest\":1500}"
      );
    Page page = kinesis.planning().records("iterator", 250);
    assertEquals(
      "{\"ShardIterator\":\"iterator\",\"Limit\":250}",
      kinesis.server().requests().get(0).text()
    );
    StreamRecord record = page.records().get(0);
    assertEquals(SequenceNumber.of("49590338271490256608"), record.sequenceNumber());
    assertEquals(Instant.ofEpochMilli(1_593_030_724_123L), record.arrivedAt());
    assertEquals("p", record.partitionKey());
    assertArrayEquals("hello".getBytes(StandardCharsets.UTF_8), record.data());
    assertEquals("next", page.nextIterator());
    assertEquals(Duration.ofMillis(1500), page.behindLatest());
    assertEquals(List.of(), page.children());
    assertEquals(Instant.parse("2025-11-29T06:00:07Z"), page.answeredAt());
  }

  @Test
  void readsThePageAtTheEndOfAShard() {
    kinesis
      .server()
      .answers(
        "{\"Records\":[],\"MillisBehindLatest\":0,\"ChildShards\":[{\"ShardId\":\"shardId-000000000002\"," +
          "\"ParentShards\":[\"shardId-000000000000\",\"shardId-000000000001\"]," +
          "\"HashKeyRange\":{\"StartingHashKey\":\"0\",\"EndingHashKey\":\"1\"}}]}"
      );
    Page page = kinesis.planning().records("iterator", 1);
    assertTrue(page.isLast());
    assertFalse(page.isBehind());
    assertEquals(
      List.of(
        new Shard("shardId-000000000002", List.of("shardId-000000000000", "shardId-000000000001"))
      ),
      page.children()
    );
  }

  @Test
  void countsCallsAndBytesForWhomTheyWereMade() {
    kinesis
      .server()
      .answers("{\"ShardIterator\":\"first\"}")
      .refuses(500, "InternalFailure", "again")
      .answers(EMPTY_PAGE);
    SdkStreamClient reading = kinesis.reading();
    SdkStreamClient another = kinesis.reading();
    reading.records(reading.iterator("shardId-000000000000", new IteratorStart.TrimHorizon()), 1);
    Map<String, CallCounts.Count> counts = reading.counts().byOperation();
    assertEquals(new CallCounts.Count(1, 25), counts.get("GetShardIterator"));
    assertEquals(2, counts.get("GetRecords").calls());
    assertEquals(
      EMPTY_PAGE.length() + "{\"__type\":\"InternalFailure\",\"message\":\"again\"}".length(),
      counts.get("GetRecords").bytes()
    );
    assertEquals(Map.of(), another.counts().byOperation());
  }
}
