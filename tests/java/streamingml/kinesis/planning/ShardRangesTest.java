package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.SequenceNumber;

final class ShardRangesTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-29T05:00:00Z");

  private static SequenceNumber number(int value) {
    return SequenceNumber.of("" + value);
  }

  private static Position after(int value) {
    return new Position.After(number(value), Optional.of(ARRIVAL));
  }

  private static Position at(int value) {
    return new Position.At(number(value), ARRIVAL);
  }

  private static ShardOffset shard(Position position, Integer from, Instant tipSeenAt) {
    return new ShardOffset(
      position,
      Optional.ofNullable(from).map(ShardRangesTest::number),
      Optional.ofNullable(tipSeenAt),
      List.of()
    );
  }

  private static List<ShardRange> between(
    Map<String, ShardOffset> start,
    Map<String, ShardOffset> end
  ) {
    return ShardRanges.between(
      new StreamOffset("events", ARRIVAL, start),
      new StreamOffset("events", ARRIVAL, end)
    );
  }

  private static List<ShardRange> between(ShardOffset start, ShardOffset end) {
    return between(Map.of("one", start), Map.of("one", end));
  }

  @Test
  void endsWhereTheEndStands() {
    ShardOffset start = shard(after(3), null, null);
    assertEquals(
      List.of(new ShardRange("one", number(4), new RangeEnd.Through(number(9)))),
      between(start, shard(after(9), 4, null))
    );
    assertEquals(
      List.of(new ShardRange("one", number(4), new RangeEnd.Before(number(9), ARRIVAL))),
      between(start, shard(at(9), 4, null))
    );
    assertEquals(
      List.of(new ShardRange("one", number(4), new RangeEnd.ShardEnd())),
      between(start, shard(new Position.End(), 4, null))
    );
  }

  @Test
  void readsTheRecordThatOneRangeEndedInFrontOf() {
    assertEquals(
      List.of(new ShardRange("one", number(9), new RangeEnd.Through(number(9)))),
      between(shard(at(9), 4, null), shard(after(9), 9, null))
    );
  }

  @Test
  void isEmptyWhereAShardStandsStill() {
    for (Position position : List.of(after(9), at(9), new Position.End())) {
      assertEquals(List.of(), between(shard(position, 4, null), shard(position, 4, ARRIVAL)));
    }
    ShardOffset beginning = ShardOffset.beginning(List.of());
    assertEquals(List.of(), between(beginning, shard(new Position.TrimHorizon(), null, ARRIVAL)));
  }

  @Test
  void isEmptyWhereAShardEndsWithoutRecords() {
    assertEquals(
      List.of(),
      between(shard(after(9), 4, null), shard(new Position.End(), null, null))
    );
  }

  @Test
  void takesNewShardsAndLeavesForgottenOnes() {
    assertEquals(
      List.of(new ShardRange("three", number(1), new RangeEnd.Through(number(2)))),
      between(
        Map.of("one", shard(new Position.End(), 4, null)),
        Map.of("three", shard(after(2), 1, null), "two", ShardOffset.beginning(List.of()))
      )
    );
  }
}
