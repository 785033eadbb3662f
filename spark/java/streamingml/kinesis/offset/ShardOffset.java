package streamingml.kinesis.offset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import streamingml.kinesis.stream.SequenceNumber;

/**
 * How far one shard has been planned.
 *
 * @param position where the next micro-batch goes on
 * @param from first record of the range that ends at {@code position}; empty when that range holds none. It makes the
 *     range complete in itself: a replay needs neither the offset before nor a trim horizon that has moved
 * @param tipSeenAt when it was last written down that nothing unread was left; empty while records come
 * @param waitsFor parents that must be read to their end before the shard begins
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

  /** A shard nothing was planned of. */
  public static ShardOffset beginning(List<String> waitsFor) {
    return new ShardOffset(
      new Position.TrimHorizon(),
      Optional.empty(),
      Optional.empty(),
      waitsFor
    );
  }

  /** A shard that stands somewhere without a range that ends there. */
  public static ShardOffset at(Position position) {
    return new ShardOffset(position, Optional.empty(), Optional.empty(), List.of());
  }

  /** Whether the shard was planned to its end. */
  public boolean isFinished() {
    return position instanceof Position.End;
  }
}
