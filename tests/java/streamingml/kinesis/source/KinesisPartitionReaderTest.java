package streamingml.kinesis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamRecord;

class KinesisPartitionReaderTest {

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions();
  private final ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 2);
  private final ModelStream stream = kinesis.stream();

  @AfterEach
  void clearInterruption() {
    Thread.interrupted();
  }

  private List<ShardRange> put(int records) {
    for (String shard : stream.openShards()) {
      for (int index = 0; index < records; index++) {
        stream.putInto(shard, 10);
      }
    }
    time.advance(Duration.ofSeconds(5));
    return stream.openShards().stream().map(this::wholeShard).toList();
  }

  private ShardRange wholeShard(String shard) {
    List<StreamRecord> records = stream.records(shard);
    SequenceNumber last = records.get(records.size() - 1).sequenceNumber();
    return new ShardRange(shard, records.get(0).sequenceNumber(), new RangeEnd.Through(last));
  }

  private KinesisPartitionReader reader(List<ShardRange> ranges) {
    return new KinesisPartitionReader(kinesis, ModelStream.NAME, ranges);
  }

  private static Map<String, Long> metrics(KinesisPartitionReader reader) {
    return Arrays.stream(reader.currentMetricsValues()).collect(
      Collectors.toMap(CustomTaskMetric::name, CustomTaskMetric::value)
    );
  }

  @Test
  void readsItsRangesOneAfterTheOther() throws IOException {
    List<ShardRange> ranges = put(3);
    List<InternalRow> rows = new ArrayList<>();
    KinesisPartitionReader reader = reader(ranges);
    while (reader.next()) {
      rows.add(reader.get());
    }
    List<StreamRecord> records = stream
      .openShards()
      .stream()
      .flatMap(shard -> stream.records(shard).stream())
      .toList();
    assertEquals(6, rows.size());
    for (int index = 0; index < rows.size(); index++) {
      InternalRow row = rows.get(index);
      StreamRecord record = records.get(index);
      assertEquals(Arrays.toString(record.data()), Arrays.toString(row.getBinary(0)));
      assertEquals(ModelStream.NAME, row.getString(1));
      assertEquals(record.partitionKey(), row.getString(2));
      assertEquals(record.sequenceNumber().toString(), row.getString(3));
      assertEquals(record.arrivedAt().toEpochMilli() * 1000, row.getLong(4));
    }
    assertEquals(6L, metrics(reader).get("kinesisRecords"));
    assertEquals(4L, metrics(reader).get("kinesisCalls"));
    assertTrue(metrics(reader).get("kinesisFetchedBytes") >= 60);
  }

  @Test
  void countsWhatARangeHasCostWhileItIsRead() throws IOException {
    KinesisPartitionReader reader = reader(put(3));
    assertEquals(0L, metrics(reader).get("kinesisRecords"));
    for (long read = 1; read <= 5; read++) {
      assertTrue(reader.next());
      assertEquals(read, metrics(reader).get("kinesisRecords"));
    }
  }

  @Test
  void saysWhatIsLostInOneSentence() {
    List<ShardRange> ranges = put(1);
    ShardRange gone = new ShardRange(
      "shardId-000000000009",
      ranges.get(0).from(),
      ranges.get(0).end()
    );
    StreamException error = assertThrows(StreamException.class, () -> reader(List.of(gone)).next());
    assertNull(error.getCause());
    assertTrue(error.getMessage().contains("shardId-000000000009"), error.getMessage());
  }

  @Test
  void endsWhenItsTaskIsToEnd() {
    List<ShardRange> ranges = put(1);
    conditions.throttledOneIn(1);
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> reader(ranges).next());
    assertTrue(Thread.currentThread().isInterrupted());
  }

  @Test
  void travelsToItsTask() throws IOException, ClassNotFoundException {
    KinesisInputPartition partition = new KinesisInputPartition(put(2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(partition);
      out.writeObject(new KinesisReaderFactory(new StreamConnection("events", null, null)));
    }
    assertTrue(bytes.size() < 4096, "it takes " + bytes.size() + " bytes");
    try (
      ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
    ) {
      assertEquals(partition, in.readObject());
    }
  }
}
