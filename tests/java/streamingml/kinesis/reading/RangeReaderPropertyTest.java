package streamingml.kinesis.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.stream.StreamRecord;

final class RangeReaderPropertyTest {

  private static final String SHARD = "shardId-000000000000";

  /** If Kinesis loses no records, every read of a range returns the records between its ends. */
  @Property(shrinking = ShrinkingMode.OFF)
  void readsExactlyTheRangeEachTime(
    @ForAll long seed,
    @ForAll @IntRange(min = 1, max = 3_000) int count,
    @ForAll @IntRange(min = 0, max = 2) int end
  ) throws InterruptedException {
    Random random = new Random(seed);
    ModelTime time = new ModelTime();
    Conditions conditions = new Conditions()
      .disorder(Duration.ofSeconds(random.nextInt(31)))
      .emptyStretch(Duration.ofMinutes(1 + random.nextInt(60)));
    ModelKinesis kinesis = new ModelKinesis(time, conditions, seed, 1);
    int largest = random.nextInt(20) == 0 ? 24 : 13;
    int pause = 1 << random.nextInt(14);
    for (int index = 0; index < count; index++) {
      kinesis.stream().put(1 << random.nextInt(largest));
      time.advance(Duration.ofMillis(random.nextInt(pause)));
    }
    conditions.emptyPageOneIn(random.nextInt(5) == 0 ? 0 : 2 + random.nextInt(5));
    conditions.shortPageOneIn(random.nextInt(5)).throttledOneIn(random.nextInt(2) * 4);
    conditions.quotas(random.nextBoolean());
    List<StreamRecord> records = kinesis.stream().records(SHARD);
    int from = random.nextInt(count);
    int last = end == 2 ? count - 1 : random.nextInt(from, count);
    ShardRange range = new ShardRange(
      SHARD,
      records.get(from).sequenceNumber(),
      end(end, records, last)
    );
    if (end == 2) {
      kinesis.stream().split(SHARD);
    }
    for (int repetition = 0; repetition < 2; repetition++) {
      boolean slow = random.nextInt(10) == 0;
      List<StreamRecord> read = new ArrayList<>();
      RangeReader reader = new RangeReader(kinesis, ModelStream.NAME, range, time);
      for (var record = reader.next(); record.isPresent(); record = reader.next()) {
        read.add(record.get());
        time.advance(slow ? Duration.ofSeconds(2) : Duration.ZERO);
      }
      assertEquals(records.subList(from, last + 1), read);
      assertEquals(read.size(), reader.counts().records());
    }
  }

  private static RangeEnd end(int kind, List<StreamRecord> records, int last) {
    if (kind == 2) {
      return new RangeEnd.ShardEnd();
    }
    if (kind == 1 && last + 1 < records.size()) {
      StreamRecord behind = records.get(last + 1);
      return new RangeEnd.Before(behind.sequenceNumber(), behind.arrivedAt());
    }
    return new RangeEnd.Through(records.get(last).sequenceNumber());
  }
}
