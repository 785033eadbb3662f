package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.offset.OffsetJson;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.reading.RangeReader;
import streamingml.kinesis.reading.ReadingCounts;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.UnavailableException;

/**
 * Uses a source as Spark does: plans an end, records it, reads the ranges, and after a crash reads them again.
 * Requires after each step that every record was read exactly once and in its order.
 */
final class ModelQuery {

  private final ModelKinesis kinesis;
  private final ModelTime time;
  private final PlannerOptions options;
  private Duration clockError;
  private final List<String> log = new ArrayList<>();
  private final ReadRecords read;
  private List<Delivered> newest = List.of();
  private StreamPlanner planner;
  private StreamOffset offset;
  private int plannings;

  /**
   * Records of a range.
   *
   * @param counts what reading them cost
   */
  record Delivered(ShardRange range, List<StreamRecord> records, ReadingCounts counts) {}

  ModelQuery(ModelKinesis kinesis, ModelTime time, PlannerOptions options, Duration clockError) {
    this.kinesis = kinesis;
    read = new ReadRecords(kinesis.stream());
    this.time = time;
    this.options = options;
    this.clockError = clockError;
  }

  /** Starts the query, or restarts it as after a crash: the newest micro-batch is read again. */
  void start() throws InterruptedException {
    resume();
    if (log.size() > 1) {
      replay();
    }
  }

  /** Starts the query where the newest micro-batch was committed. */
  void resume() {
    planner = new StreamPlanner(kinesis, options, this::localTime, Runnable::run);
    plannings = 0;
    if (log.isEmpty()) {
      log.add(OffsetJson.write(persistently(planner::initial)));
    }
    offset = OffsetJson.read(log.get(log.size() - 1));
  }

  private Instant localTime() {
    return time.instant().plus(clockError);
  }

  /** Sets the local clock, while the query runs. */
  void setClock(Duration error) {
    clockError = error;
  }

  private interface Attempt<T> {
    T run();
  }

  /** A query that cannot start is started again. */
  private <T> T persistently(Attempt<T> attempt) {
    while (true) {
      try {
        return attempt.run();
      } catch (UnavailableException error) {
        time.advance(Duration.ofSeconds(1));
      }
    }
  }

  /** Reads the newest micro-batch again. */
  void replay() throws InterruptedException {
    StreamOffset start = OffsetJson.read(log.get(log.size() - 2));
    List<ShardRange> ranges = ShardRanges.between(start, OffsetJson.read(log.get(log.size() - 1)));
    assertEquals(newest.stream().map(Delivered::range).toList(), ranges);
    for (Delivered before : newest) {
      assertEquals(before.records(), deliver(before.range()).records());
    }
  }

  /**
   * Plans a micro-batch and reads it, if there is one.
   *
   * @return what was read of each shard
   */
  List<Delivered> trigger() throws InterruptedException {
    StreamOffset end = plan();
    if (end == offset) {
      return List.of();
    }
    newest = new ArrayList<>();
    for (ShardRange range : ShardRanges.between(offset, end)) {
      Delivered delivered = deliver(range);
      newest.add(delivered);
      read.add(delivered);
    }
    offset = end;
    return newest;
  }

  /**
   * Plans and reads until nothing waits.
   *
   * @param apart time that passes before each micro-batch
   * @param most micro-batches that it may take
   * @return how many it took
   */
  int readAll(Duration apart, int most) throws InterruptedException {
    int triggers = 0;
    while (unread() > 0) {
      assertTrue(triggers++ < most, () -> unread() + " records are unread after " + most);
      time.advance(apart);
      trigger();
    }
    return triggers;
  }

  /** Plans, and records the end in the log when it has changed. */
  private StreamOffset plan() {
    String before = OffsetJson.write(offset);
    StreamOffset end = planner.plan(offset);
    plannings++;
    String after = OffsetJson.write(end);
    assertEquals(end, OffsetJson.read(after));
    assertEquals(before, OffsetJson.write(offset), "the start was changed");
    if (end == offset) {
      return end;
    }
    assertNotEquals(before, after, "an equal offset is not a new one");
    read.assertGoesOn(offset, end);
    log.add(after);
    return end;
  }

  private Delivered deliver(ShardRange range) throws InterruptedException {
    RangeReader reader = new RangeReader(kinesis, ModelStream.NAME, range, time);
    List<StreamRecord> records = new ArrayList<>();
    for (var record = reader.next(); record.isPresent(); record = reader.next()) {
      records.add(record.get());
    }
    return new Delivered(range, records, reader.counts());
  }

  /** Requires that all records were read, but for those that had expired when the query began. */
  void assertEverythingIsRead() {
    assertEquals(0, unread(), () -> "unread records at " + OffsetJson.write(offset));
  }

  /** How many records wait. */
  int unread() {
    return read.unread();
  }

  /** How many records of a shard wait. */
  int unread(String shardId) {
    return read.unread(shardId);
  }

  /** Whether a shard is closed, was read to its end, and will not be read again after a crash. */
  boolean isDone(String shardId) {
    ShardOffset shard = offset.shards().get(shardId);
    boolean isRead = shard == null ? read.holds(shardId) : shard.isFinished();
    boolean isInNewest = newest.stream().anyMatch(each -> each.range().shardId().equals(shardId));
    return isRead && !isInNewest && kinesis.stream().isClosed(shardId) && unread(shardId) == 0;
  }

  /** How many records of a shard were read or skipped. */
  int read(String shardId) {
    return read.count(shardId);
  }

  /** How many records of a shard had expired, or were about to, when it was first read. */
  int skipped(String shardId) {
    return read.skipped(shardId);
  }

  StreamPlanner planner() {
    return planner;
  }

  StreamOffset offset() {
    return offset;
  }

  /** All offsets that were recorded, the first one of them the beginning. */
  List<String> log() {
    return log;
  }

  /** Stream time that a range may cover now: each micro-batch multiplies the span by at most four, up to an hour. */
  Duration longestSpan() {
    Duration hour = Duration.ofHours(1);
    Duration longest = options.span();
    for (int grown = 0; grown < plannings && longest.compareTo(hour) < 0; grown++) {
      longest = longest.multipliedBy(4);
    }
    return longest.compareTo(hour) < 0 ? longest : hour;
  }

  /** Plans without a change: the offset is the same object, and no text of it was recorded. */
  void assertIdle() throws InterruptedException {
    StreamOffset before = offset;
    int recorded = log.size();
    trigger();
    assertSame(before, offset);
    assertEquals(recorded, log.size());
  }
}
