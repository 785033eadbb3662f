package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import streamingml.kinesis.model.CallLog.Call;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.offset.OffsetJson;
import streamingml.kinesis.offset.StreamOffset;

/** The cost of planning: calls to Kinesis, and time and memory of the driver. */
final class PlanningCostTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final PlannerOptions OPTIONS = new PlannerOptions(Duration.ofSeconds(10), SECOND);
  private static final int QUOTA = 5;
  /** Planning's part of the quota: tasks and two other consumers need the rest. */
  private static final int SHARE_OF_PLANNING = 3;

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions();

  private static void put(ModelKinesis kinesis, ModelTime time, int count) {
    for (int index = 0; index < count; index++) {
      kinesis.stream().put(500);
      time.advance(SECOND.dividedBy(count));
    }
  }

  @Test
  void asksAnIdleShardOnceATrigger() throws InterruptedException {
    ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 2);
    ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);
    query.start();
    put(kinesis, time, 10);
    query.trigger();
    time.advance(SECOND);
    int pages = kinesis.calls().total(Call.GET_RECORDS);
    int iterators = kinesis.calls().total(Call.GET_SHARD_ITERATOR);
    // Four minutes: an iterator is renewed by each page.
    for (int trigger = 0; trigger < 240; trigger++) {
      time.advance(SECOND);
      query.assertIdle();
    }
    assertEquals(2 * 240, kinesis.calls().total(Call.GET_RECORDS) - pages);
    assertEquals(iterators, kinesis.calls().total(Call.GET_SHARD_ITERATOR));
  }

  @Test
  void keepsWithinTheQuotasAtATriggerASecond() throws InterruptedException {
    for (int rate : List.of(10, 1_000)) {
      ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 1);
      ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);
      query.start();
      for (int second = 0; second < 20; second++) {
        put(kinesis, time, rate);
        query.trigger();
      }
      assertTrue(
        kinesis.calls().mostASecond(Call.GET_RECORDS) <= QUOTA,
        rate + " records a second"
      );
      assertTrue(kinesis.calls().mostASecond(Call.GET_SHARD_ITERATOR) <= QUOTA);
    }
  }

  @Test
  void readsABacklogAboutAsFastAsAShardGivesIt() throws InterruptedException {
    ModelKinesis kinesis = new ModelKinesis(time, conditions.quotas(true), 1, 1);
    for (int record = 0; record < 6_000; record++) {
      kinesis.stream().put(20_000);
      time.advance(Duration.ofMillis(100));
    }
    ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);
    Duration began = time.elapsed();
    query.start();
    while (query.unread() > 0) {
      query.trigger();
    }
    // 120 MB at 2 MiB a second.
    long seconds = time.elapsed().minus(began).toSeconds();
    assertTrue(seconds < 90, () -> seconds + " seconds");
  }

  @Test
  void leavesTheRestOfTheQuotaToOthers() {
    conditions.disorder(Duration.ofSeconds(30)).emptyPageOneIn(3).shortPageOneIn(3);
    ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 1);
    StreamPlanner planner = new StreamPlanner(kinesis, OPTIONS, time, Runnable::run);
    StreamOffset offset = planner.initial();
    for (int second = 0; second < 120; second++) {
      put(kinesis, time, 500);
      time.advance(SECOND);
      offset = planner.plan(offset);
    }
    assertTrue(kinesis.calls().mostASecond(Call.GET_RECORDS) <= SHARE_OF_PLANNING);
  }

  /** Prints the time of planning without the network, and its memory; there is no limit for either. */
  @Test
  void plansTenThousandShards(TestReporter reporter) throws InterruptedException {
    conditions.callTime(Duration.ZERO);
    ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 10_000);
    ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);
    long empty = usedMemory();
    query.start();
    for (int trigger = 0; trigger < 2; trigger++) {
      put(kinesis, time, 10_000);
      time.advance(SECOND);
      query.trigger();
    }
    query.assertEverythingIsRead();
    long memory = usedMemory() - empty;
    put(kinesis, time, 10_000);
    time.advance(SECOND);
    long busyNanos = System.nanoTime();
    StreamOffset end = query.planner().plan(query.offset());
    busyNanos = System.nanoTime() - busyNanos;
    time.advance(SECOND);
    long idleNanos = System.nanoTime();
    StreamOffset same = query.planner().plan(end);
    idleNanos = System.nanoTime() - idleNanos;
    assertSame(end, same);
    reporter.publishEntry(
      Map.of(
        "milliseconds to plan 10,000 shards with records",
        "" + Duration.ofNanos(busyNanos).toMillis(),
        "milliseconds to plan 10,000 idle shards",
        "" + Duration.ofNanos(idleNanos).toMillis(),
        "KiB of an offset",
        "" + (OffsetJson.write(end).length() >> 10),
        "MiB held, the model's own records and log included",
        "" + (memory >> 20)
      )
    );
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
