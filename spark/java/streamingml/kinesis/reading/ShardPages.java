package streamingml.kinesis.reading;

import java.time.Duration;
import streamingml.kinesis.stream.ExpiredIteratorException;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.UnavailableException;

/**
 * The pages of one shard, one after another. It waits if Kinesis cannot answer, for example because of the quota of five
 * calls per second and shard, which the driver and other consumers share, and replaces expired iterators.
 */
final class ShardPages {

  // Most ranges need two or three calls without waiting; the driver has finished when a task starts.
  private static final int FREE_CALLS = 3;
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(250);

  private final StreamClient client;
  private final String shardId;
  private final TaskClock clock;
  private final Patience unavailable = new Patience(
    Duration.ofMillis(250),
    Duration.ofSeconds(5),
    Duration.ofMinutes(2)
  );
  private IteratorStart start;
  private String iterator;
  private boolean hasEnded;
  private Duration lastCall;
  private ReadingCounts counts = ReadingCounts.NONE;

  ShardPages(StreamClient client, String shardId, IteratorStart start, TaskClock clock) {
    this.client = client;
    this.shardId = shardId;
    this.start = start;
    this.clock = clock;
  }

  /** Whether the shard is closed and its last page was read. */
  boolean hasEnded() {
    return hasEnded;
  }

  /** The cost of these pages so far. */
  ReadingCounts counts() {
    return counts;
  }

  /** Counts a record of the range. */
  void took(StreamRecord record) {
    counts = counts.withRecord(record.bytes());
  }

  /**
   * Reads the next page.
   *
   * @throws UnavailableException Kinesis did not answer for two minutes
   */
  Page next(int limit) throws InterruptedException {
    while (true) {
      try {
        Page page = attempt(limit);
        unavailable.renew();
        return page;
      } catch (ExpiredIteratorException error) {
        iterator = null;
      } catch (UnavailableException error) {
        if (unavailable.isOver()) {
          throw error;
        }
        unavailable.pause(clock);
      }
    }
  }

  private Page attempt(int limit) throws InterruptedException {
    if (iterator == null) {
      beforeCall();
      iterator = client.iterator(shardId, start);
    }
    beforeCall();
    Page page = client.records(iterator, limit);
    iterator = page.nextIterator();
    hasEnded = page.isLast();
    if (!page.records().isEmpty()) {
      StreamRecord last = page.records().get(page.records().size() - 1);
      start = new IteratorStart.After(last.sequenceNumber());
      counts = counts.withFetched(page.records().stream().mapToLong(StreamRecord::bytes).sum());
    }
    return page;
  }

  private void beforeCall() throws InterruptedException {
    if (counts.calls() >= FREE_CALLS) {
      Duration rest = BETWEEN_CALLS.minus(clock.elapsed().minus(lastCall));
      if (!rest.isNegative() && !rest.isZero()) {
        clock.pause(rest);
      }
    }
    lastCall = clock.elapsed();
    counts = counts.withCall();
  }
}
