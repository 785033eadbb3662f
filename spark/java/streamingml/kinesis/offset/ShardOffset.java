package streamingml.kinesis.offset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import streamingml.kinesis.stream.SequenceNumber;

/**
 * How far one shard has been planned.
 *
 * @param position where the next micro-batch starts
 * @param from first record of the range that ends at {@code position}; empty if the range is empty. With it the range is
 *     complete: a replay needs neither the previous offset nor the trim horizon, which moves
 * @param tipSeenAt when it was last recorded that no record was unread; empty while records arrive
 * @param waitsFor parents that must be read to their end before this shard is read
 */
public record ShardOffset(
  Position position,
  Optional<SequenceNumber> from,
  Optional<Instant> tipSeenAt,
  List<String> waitsFor
) {
  public ShardOffset {
    waitsFor = List.copyOf(waitsFor);
  }

  /** A shard without planned records. */
  public static ShardOffset beginning(List<String> waitsFor) {
    return new ShardOffset(
      new Position.TrimHorizon(),
      Optional.empty(),
      Optional.empty(),
      waitsFor
    );
  }

  /** A shard at a position without a range that ends there. */
  public static ShardOffset at(Position position) {
    return new ShardOffset(position, Optional.empty(), Optional.empty(), List.of());
  }

  /** Whether the shard was planned to its end. */
  public boolean isFinished() {
    return position instanceof Position.End;
  }
}
