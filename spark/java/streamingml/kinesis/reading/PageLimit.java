package streamingml.kinesis.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import streamingml.kinesis.planning.RangeEnd;

/**
 * The maximum records of the next page, close to the rest of the range: Kinesis fills a page up to 10 MiB, even with
 * records after the range, and counts it against the shard's limit of 2 MiB per second.
 */
final class PageLimit {

  /** Maximum limit of GetRecords. */
  static final int MOST = 10_000;

  // The size of records is unknown at first: 2 MiB for large ones, and usually the second page is the last.
  private static final int FIRST = 100;
  // If the rest is unknown, a page of this size costs little.
  private static final long PAGE_BYTES = 1024 * 1024;
  // After an estimate that was too low, a page of this size costs little.
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

  /** Counts a record of the range. */
  void saw(Instant arrivedAt, int size) {
    if (firstArrival == null) {
      firstArrival = arrivedAt;
      newestArrival = arrivedAt;
    }
    // Arrival times may decrease: the latest one shows how far the range was read.
    newestArrival = arrivedAt.isAfter(newestArrival) ? arrivedAt : newestArrival;
    records++;
    bytes += size;
  }

  /** A page was read to its end, and the range continues. */
  void pageEnded() {
    if (records == 0) {
      return;
    }
    limit = (int) Math.min(MOST, expectedRest().orElseGet(this::asMuchAgain));
  }

  /** Estimated number of remaining records; empty if unknown. */
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
    // The record after the range must be read, too, because it shows that the range has ended.
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
