package streamingml.kinesis.offset.former;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.planning.PlannerOptions;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.planning.ShardRanges;
import streamingml.kinesis.planning.StreamPlanner;
import streamingml.kinesis.reading.RangeReader;
import streamingml.kinesis.stream.StreamRecord;

/** A connector reads a stream that is constantly resharded, stops anywhere, and this source continues. */
final class TakeoverPropertyTest {

  private static final int MOST_TRIGGERS = 500;

  /** A closed shard may take several triggers until it says so. */
  private static final int IDLE_TRIGGERS = 20;

  /** Triggers after the takeover while the stream is still written and resharded. */
  private static final int BUSY_TRIGGERS = 5;

  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void readsEachRecordOnce(@ForAll long seed) throws InterruptedException {
    ModelConnector connector = takeOver(seed, false);
    Map<String, Integer> read = connector.read();
    connector
      .stream()
      .allShards()
      .forEach(shard ->
        assertEquals(connector.stream().records(shard).size(), read.getOrDefault(shard, 0), shard)
      );
  }

  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void readsTheRestOfDroppedShardsThatStillHaveAFile(@ForAll long seed)
    throws InterruptedException {
    ModelConnector connector = takeOver(seed, true);
    Map<String, Integer> read = connector.read();
    connector
      .remembered()
      .forEach(shard ->
        assertEquals(connector.stream().records(shard).size(), read.get(shard), shard)
      );
  }

  private static ModelConnector takeOver(long seed, boolean dropsClosedShards)
    throws InterruptedException {
    Random random = new Random(seed);
    ModelTime time = new ModelTime();
    ModelKinesis kinesis = new ModelKinesis(
      time,
      new Conditions().retention(Duration.ofDays(365)),
      seed,
      1 + random.nextInt(3)
    );
    ModelConnector connector = new ModelConnector(kinesis, dropsClosedShards, random);
    int batches = 1 + random.nextInt(10);
    for (int batch = 0; batch < batches; batch++) {
      disturb(kinesis.stream(), time, random);
      connector.run(1 + random.nextInt(8));
    }
    connector.purge(1 + random.nextInt(8));
    disturb(kinesis.stream(), time, random);
    StreamOffset start = new FormerOffsets(connector.checkpoint()).read(
      connector.offset(),
      kinesis.summary().createdAt(),
      kinesis::shards
    );
    readOn(kinesis, time, start, connector.read(), random);
    return connector;
  }

  private static void disturb(ModelStream stream, ModelTime time, Random random) {
    for (int step = random.nextInt(4); step > 0; step--) {
      List<String> open = stream.openShards();
      String shard = open.get(random.nextInt(open.size()));
      switch (random.nextInt(10)) {
        case 0 -> stream.split(shard);
        case 1 -> stream.merge(shard);
        default -> {
          for (int record = random.nextInt(20); record > 0; record--) {
            stream.put(10);
            time.advance(Duration.ofMillis(random.nextInt(500)));
          }
        }
      }
    }
  }

  private static void readOn(
    ModelKinesis kinesis,
    ModelTime time,
    StreamOffset first,
    Map<String, Integer> read,
    Random random
  ) throws InterruptedException {
    PlannerOptions options = new PlannerOptions(Duration.ofSeconds(5), Duration.ofSeconds(1));
    StreamPlanner planner = new StreamPlanner(kinesis, options, time, Runnable::run);
    StreamOffset start = first;
    int idle = 0;
    for (int trigger = 0; idle < IDLE_TRIGGERS; trigger++) {
      assertTrue(trigger < MOST_TRIGGERS, "the source does not come to an end");
      if (trigger < BUSY_TRIGGERS) {
        disturb(kinesis.stream(), time, random);
      }
      // The shards are listed every few seconds only.
      time.advance(Duration.ofSeconds(6));
      StreamOffset end = planner.plan(start);
      idle = end == start && trigger >= BUSY_TRIGGERS ? idle + 1 : 0;
      for (ShardRange range : ShardRanges.between(start, end)) {
        deliver(kinesis, time, range, read);
      }
      start = end;
    }
  }

  private static void deliver(
    ModelKinesis kinesis,
    ModelTime time,
    ShardRange range,
    Map<String, Integer> read
  ) throws InterruptedException {
    RangeReader reader = new RangeReader(kinesis, ModelStream.NAME, range, time);
    int place = read.getOrDefault(range.shardId(), 0);
    List<StreamRecord> all = kinesis.stream().records(range.shardId());
    for (var record = reader.next(); record.isPresent(); record = reader.next()) {
      assertEquals(all.get(place), record.get(), range + " continues where it stopped");
      place++;
    }
    read.put(range.shardId(), place);
  }
}
