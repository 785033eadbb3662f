package streamingml.kinesis.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Answer of one GetRecords call.
 *
 * @param records in the order of their numbers; may be none although there are more
 * @param nextIterator where the next page begins; null when the shard is closed and was read to its end
 * @param behindLatest distance to the newest record; zero only when there was nothing more to read
 * @param children shards that go on where this one ended; only in the page without a next iterator
 * @param answeredAt Kinesis's own clock when it answered, to the second
 */
public record Page(
  List<StreamRecord> records,
  String nextIterator,
  Duration behindLatest,
  List<Shard> children,
  Instant answeredAt
) {
  public Page {
    records = List.copyOf(records);
    children = List.copyOf(children);
  }

  /** Whether the shard is closed and nothing follows this page. */
  public boolean isLast() {
    return nextIterator == null;
  }

  /** Whether Kinesis says that more records wait. */
  public boolean isBehind() {
    return !behindLatest.isZero();
  }

  /** Whether it holds nothing although records wait: they are found by reading on. */
  public boolean isEmptyOnTheWay() {
    return records.isEmpty() && isBehind() && !isLast();
  }
}
