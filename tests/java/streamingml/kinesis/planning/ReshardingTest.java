package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.CallLog;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.DataLossException;

/** Shards that end and begin; {@link ModelQuery} requires that no child begins before its parents were read. */
final class ReshardingTest {

  private static final String FIRST = "shardId-000000000000";
  private static final String SECOND = "shardId-000000000001";
  private static final String THIRD = "shardId-000000000002";
  private static final Duration TRIGGER = Duration.ofSeconds(1);
  private static final PlannerOptions OPTIONS = new PlannerOptions(Duration.ofSeconds(10), TRIGGER);

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions();

  private ModelKinesis kinesis;
  private ModelStream stream;
  private ModelQuery query;

  private void create(int shards) {
    kinesis = new ModelKinesis(time, conditions, 1, shards);
    stream = kinesis.stream();
    query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);
  }

  @Test
  void readsParentsFirstAtAColdStart() throws InterruptedException {
    create(1);
    stream.put(2_000, 100, Duration.ofMillis(10));
    stream.split(FIRST);
    stream.put(2_000, 100, Duration.ofMillis(10));
    stream.merge(SECOND);
    stream.put(2_000, 100, Duration.ofMillis(10));
    query.start();
    assertEquals(List.of(FIRST), query.offset().shards().get(SECOND).waitsFor());
    query.readAll(TRIGGER, 60);
  }

  @Test
  void readsTheBacklogOfAShardThatWasSplitTwice() throws InterruptedException {
    create(2);
    query.start();
    stream.put(20_000, 100, Duration.ofMillis(10));
    stream.split(FIRST);
    stream.put(5_000, 100, Duration.ofMillis(10));
    stream.openShards().forEach(stream::split);
    stream.put(5_000, 100, Duration.ofMillis(10));
    query.readAll(TRIGGER, 80);
  }

  @Test
  void forgetsAShardThatItsChildrenHaveFollowed() throws InterruptedException {
    create(1);
    query.start();
    stream.put(10, 100, TRIGGER);
    query.trigger();
    stream.split(FIRST);
    stream.put(10, 100, TRIGGER);
    query.readAll(TRIGGER, 10);
    query.trigger();
    assertEquals(List.of(SECOND, THIRD), List.copyOf(query.offset().shards().keySet()));
  }

  @Test
  void letsAChildWaitForTheParentThatHasMoreToRead() throws InterruptedException {
    create(2);
    query.start();
    for (int index = 0; index < 6_000; index++) {
      stream.putInto(SECOND, 100);
      time.advance(Duration.ofMillis(100));
    }
    stream.merge(FIRST);
    stream.put(10, 100, TRIGGER);
    query.trigger();
    // The first parent had no records, and Kinesis no longer lists it.
    assertTrue(query.offset().shards().get(FIRST).isFinished());
    stream.prune(FIRST);
    query.start();
    query.readAll(TRIGGER, 30);
  }

  @Test
  void beginsAChildWhoseOtherParentWasPrunedBefore() throws InterruptedException {
    create(2);
    stream.put(100, 100, TRIGGER);
    stream.merge(FIRST);
    stream.prune(FIRST);
    stream.put(10, 100, TRIGGER);
    query.start();
    assertEquals(List.of(SECOND), query.offset().shards().get(THIRD).waitsFor());
    while (query.unread(SECOND) + query.unread(THIRD) > 0) {
      time.advance(TRIGGER);
      query.trigger();
    }
  }

  @Test
  void beginsAChildWhoseOtherParentIsInNoOffset() throws InterruptedException {
    create(2);
    stream.put(20, 100, TRIGGER);
    stream.merge(FIRST);
    stream.prune(SECOND);
    stream.put(10, 100, TRIGGER);
    query.start();
    // As in another source's checkpoint, which knows only of the parent it still reads.
    StreamOffset offset = with(query.offset(), Map.of(FIRST, ShardOffset.beginning(List.of())));
    for (int trigger = 0; trigger < 6; trigger++) {
      time.advance(Duration.ofSeconds(6));
      offset = query.planner().plan(offset);
    }
    assertTrue(offset.shards().get(THIRD).from().isPresent(), () -> "the child still waits");
  }

  @Test
  void goesOnWhenAParentIsPrunedWhileItsChildIsRead() throws InterruptedException {
    create(1);
    query.start();
    stream.put(10, 100, TRIGGER);
    stream.split(FIRST);
    stream.put(5_000, 100, Duration.ofMillis(100));
    while (query.read(SECOND) == 0) {
      time.advance(TRIGGER);
      query.trigger();
    }
    stream.prune(FIRST);
    query.start();
    query.readAll(TRIGGER, 30);
  }

  @Test
  void endsAnEmptyShardWithoutABatchOfRecords() throws InterruptedException {
    create(1);
    query.start();
    time.advance(TRIGGER);
    stream.split(FIRST);
    for (int trigger = 0; trigger < 4; trigger++) {
      time.advance(TRIGGER);
      assertTrue(query.trigger().isEmpty());
    }
    assertEquals(List.of(SECOND, THIRD), List.copyOf(query.offset().shards().keySet()));
    stream.put(10, 100, TRIGGER);
    query.readAll(TRIGGER, 3);
  }

  @Test
  void asksForTheListOfShardsOnlyAtTheStart() throws InterruptedException {
    create(1);
    query.start();
    stream.put(10, 100, TRIGGER);
    stream.split(FIRST);
    stream.put(10, 100, TRIGGER);
    query.readAll(TRIGGER, 10);
    assertEquals(1, kinesis.calls().total(CallLog.Call.LIST_SHARDS));
  }

  @Test
  void findsTheChildrenOfAShardThatAnotherSourceFinished() throws InterruptedException {
    create(1);
    stream.put(10, 100, TRIGGER);
    stream.split(FIRST);
    stream.put(100, 100, TRIGGER);
    query.start();
    StreamOffset migrated = with(query.offset(), Map.of(FIRST, ShardOffset.at(new Position.End())));
    StreamOffset released = query.planner().plan(migrated);
    for (int trigger = 0; trigger < 3; trigger++) {
      time.advance(Duration.ofSeconds(6));
      released = query.planner().plan(released);
    }
    assertFalse(released.shards().containsKey(FIRST));
    assertTrue(released.shards().get(SECOND).from().isPresent());
    assertTrue(released.shards().get(THIRD).from().isPresent());
  }

  @Test
  void saysThatAShardIsGoneBeforeItWasRead() throws InterruptedException {
    create(1);
    stream.put(10, 100, TRIGGER);
    query.start();
    query.trigger();
    stream.put(10, 100, TRIGGER);
    stream.split(FIRST);
    stream.prune(FIRST);
    query.resume();
    DataLossException loss = assertThrows(DataLossException.class, query::trigger);
    assertTrue(loss.getMessage().contains(FIRST + " the shard is closed and no longer listed"));
  }

  @Test
  void saysThatAFinishedShardAndItsChildrenAreGone() throws InterruptedException {
    create(1);
    stream.put(10, 100, TRIGGER);
    query.start();
    stream.split(FIRST);
    stream.openShards().forEach(stream::split);
    stream.prune(FIRST);
    stream.prune(SECOND);
    stream.prune(THIRD);
    StreamOffset migrated = with(query.offset(), Map.of(FIRST, ShardOffset.at(new Position.End())));
    DataLossException loss = assertThrows(DataLossException.class, () ->
      query.planner().plan(migrated)
    );
    assertTrue(loss.getMessage().contains("was read to its end"), loss.getMessage());
  }

  private StreamOffset with(StreamOffset base, Map<String, ShardOffset> shards) {
    return new StreamOffset(base.stream(), base.streamCreatedAt(), shards);
  }
}
