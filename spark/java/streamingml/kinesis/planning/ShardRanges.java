package streamingml.kinesis.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.SequenceNumber;

/** The ranges between two offsets. Spark requests them several times per micro-batch, so they need no calls. */
public final class ShardRanges {

  private ShardRanges() {}

  /**
   * Returns what a micro-batch reads, in the order of the shards.
   *
   * @param start start of the micro-batch; only used to see which shards have new ranges
   * @param end its end, with the ranges
   */
  public static List<ShardRange> between(StreamOffset start, StreamOffset end) {
    return end
      .shards()
      .entrySet()
      .stream()
      .flatMap(shard -> range(shard, start.shards().get(shard.getKey())).stream())
      .toList();
  }

  private static Optional<ShardRange> range(Map.Entry<String, ShardOffset> end, ShardOffset start) {
    ShardOffset offset = end.getValue();
    // An offset keeps the first record of its shard's newest range also while the shard stands still.
    if (start != null && isSamePlace(start.position(), offset.position())) {
      return Optional.empty();
    }
    return offset
      .from()
      .flatMap(from ->
        end(offset.position()).map(rangeEnd -> new ShardRange(end.getKey(), from, rangeEnd))
      );
  }

  /** Whether two positions are equal, without their arrival times. */
  private static boolean isSamePlace(Position one, Position other) {
    return one.getClass() == other.getClass() && number(one).equals(number(other));
  }

  private static Optional<SequenceNumber> number(Position position) {
    if (position instanceof Position.After after) {
      return Optional.of(after.sequenceNumber());
    }
    if (position instanceof Position.At at) {
      return Optional.of(at.sequenceNumber());
    }
    return Optional.empty();
  }

  private static Optional<RangeEnd> end(Position position) {
    if (position instanceof Position.After after) {
      return Optional.of(new RangeEnd.Through(after.sequenceNumber()));
    }
    if (position instanceof Position.At at) {
      return Optional.of(new RangeEnd.Before(at.sequenceNumber(), at.arrivedAt()));
    }
    if (position instanceof Position.End) {
      return Optional.of(new RangeEnd.ShardEnd());
    }
    return Optional.empty();
  }
}
