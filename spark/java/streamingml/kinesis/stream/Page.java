package streamingml.kinesis.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The response of one GetRecords call.
 *
 * @param records in the order of their sequence numbers; may be empty although there are more
 * @param nextIterator start of the next page; null if the shard is closed and was read to its end
 * @param behindLatest time to the newest record; zero only if there was nothing more to read
 * @param children shards that continue this one; only in the page without a next iterator
 * @param answeredAt Kinesis's own clock at the response, to the second
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

  /** Whether Kinesis says that there are more records. */
  public boolean isBehind() {
    return !behindLatest.isZero();
  }

  /** Whether it is empty although there are more records, which are on the following pages. */
  public boolean isEmptyOnTheWay() {
    return records.isEmpty() && isBehind() && !isLast();
  }
}
