package streamingml.kinesis.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import streamingml.kinesis.planning.RangeEnd;

/**
 * Most records the next page should hold. Near what is left of the range: Kinesis fills a page up to 10 MiB, whatever
 * of it lies behind the range, and counts it against the 2 MiB a shard gives in a second.
 */
final class PageLimit {

  /** Most records GetRecords takes as a limit. */
  static final int MOST = 10_000;

  // Nothing is known of the records yet: 2 MiB if they are large, and the second page is the last one mostly.
  private static final int FIRST = 100;
  // Where nothing tells how much is left, a page of this size costs little.
  private static final long PAGE_BYTES = 1024 * 1024;
  // What may be read too much when an estimate was too low before: a page of this size costs little.
  private static final long SPARE_BYTES = 256 * 1024;
  private static final int SPARE_RECORDS = 100;

  private final RangeEnd end;
  private Instant firstArrival;
  private Instant newestArrival;
  private long records;
  private long bytes;
  private int limit = FIRST;

  PageLimit(RangeEnd end) {
    this.end = end;
  }

  /** The limit of the next page, 1 to 10,000. */
  int next() {
    return limit;
  }

  /** Takes note of a record of the range. */
  void saw(Instant arrivedAt, int size) {
    if (firstArrival == null) {
      firstArrival = arrivedAt;
      newestArrival = arrivedAt;
    }
    // Arrival times may step back: the newest one tells how far the range was read.
    newestArrival = arrivedAt.isAfter(newestArrival) ? arrivedAt : newestArrival;
    records++;
    bytes += size;
  }

  /** A page was read to its end, and the range goes on. */
  void pageEnded() {
    if (records == 0) {
      return;
    }
    limit = (int) Math.min(MOST, expectedRest().orElseGet(this::asMuchAgain));
  }

  /** How many records are left, if the range goes on as it began; empty where nothing tells. */
  private Optional<Long> expectedRest() {
    if (!(end instanceof RangeEnd.Before before)) {
      return Optional.empty();
    }
    Duration read = Duration.between(firstArrival, newestArrival);
    if (read.isZero()) {
      return Optional.empty();
    }
    Duration left = Duration.between(newestArrival, before.arrivedAt());
    double expected = ((double) left.toMillis() / Math.max(1, read.toMillis())) * records;
    // The record behind the range is read as well, because it shows that the range has ended.
    return Optional.of(Math.max(0, (long) Math.ceil(expected * 1.1)) + 1 + spare());
  }

  private long asMuchAgain() {
    return Math.max(records, PAGE_BYTES / averageBytes());
  }

  private long spare() {
    return Math.min(SPARE_RECORDS, SPARE_BYTES / averageBytes());
  }

  private long averageBytes() {
    return Math.max(1, bytes / records);
  }
}
