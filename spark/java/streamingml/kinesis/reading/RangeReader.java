package streamingml.kinesis.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.stream.DataLossException;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.UnavailableException;
import streamingml.kinesis.stream.UnknownShardException;

/**
 * Reads exactly the records of one range, page by page, or throws. It keeps at most one page, 10 MiB, in memory. Not
 * thread-safe.
 */
public final class RangeReader {

  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Newer records cannot expire while they are read: every stream keeps records for a day at least. */
  private static final Duration SAFE_AGE = Duration.ofHours(23);

  private final StreamClient client;
  private final String stream;
  private final ShardRange range;
  private final TaskClock clock;
  private final ShardPages pages;
  private final PageLimit limit;
  private final RangeLoss loss;
  // Kinesis may return empty pages while it says that there are more records, but only for a limited time.
  private final Patience behind = new Patience(PAUSE, Duration.ofSeconds(1), Duration.ofMinutes(5));
  // If it says that there are none, although one was read before, two further calls must confirm it.
  private final Patience notBehind = new Patience(PAUSE, PAUSE, PAUSE.multipliedBy(2));
  private Duration distance;
  private Iterator<StreamRecord> page = Collections.emptyIterator();
  private Instant answeredAt;
  private Instant firstArrival;
  private SequenceNumber newest;
  private boolean finished;

  /**
   * Creates a reader; nothing is read yet.
   *
   * @param client of the stream
   * @param stream its name, for messages
   * @param range what to read
   * @param clock for waiting; {@link TaskClock#SYSTEM} except in tests
   */
  public RangeReader(StreamClient client, String stream, ShardRange range, TaskClock clock) {
    this.client = client;
    this.stream = stream;
    this.range = range;
    this.clock = clock;
    pages = new ShardPages(client, range.shardId(), new IteratorStart.At(range.from()), clock);
    limit = new PageLimit(range.end());
    loss = new RangeLoss(stream, range);
  }

  /**
   * Returns the next record; empty after the end of the range.
   *
   * @throws DataLossException Kinesis no longer has all records of the range
   * @throws UnavailableException Kinesis did not answer for minutes; the range can be read again from its start
   * @throws InterruptedException the task must end
   */
  public Optional<StreamRecord> next() throws InterruptedException {
    while (!finished) {
      if (page.hasNext()) {
        Optional<StreamRecord> record = accept(page.next());
        record.ifPresent(pages::took);
        return record;
      }
      if (pages.hasEnded()) {
        endOfShard();
      } else {
        nextPage();
      }
    }
    return Optional.empty();
  }

  /** Counts of records, bytes and calls so far. */
  public ReadingCounts counts() {
    return pages.counts();
  }

  private Optional<StreamRecord> accept(StreamRecord record) throws InterruptedException {
    SequenceNumber number = record.sequenceNumber();
    if (newest == null && !number.equals(range.from())) {
      throw loss.beginsWith(number);
    }
    if (range.end() instanceof RangeEnd.Before before && number.compareTo(before.first()) >= 0) {
      if (!number.equals(before.first())) {
        throw loss.endsWith(number);
      }
      finish();
      return Optional.empty();
    }
    if (range.end() instanceof RangeEnd.Through through && number.compareTo(through.last()) >= 0) {
      if (!number.equals(through.last())) {
        throw loss.endsWith(number);
      }
      finish();
    }
    firstArrival = firstArrival == null ? record.arrivedAt() : firstArrival;
    newest = number;
    limit.saw(record.arrivedAt(), record.bytes());
    return Optional.of(record);
  }

  private void nextPage() throws InterruptedException {
    Page next = readPage();
    page = next.records().iterator();
    answeredAt = next.answeredAt();
    if (page.hasNext()) {
      behind.renew();
      notBehind.renew();
      distance = null;
    } else if (!next.isLast()) {
      waitForRecords(next);
    }
  }

  private Page readPage() throws InterruptedException {
    // All records of the previous page were returned, so the rest can be estimated.
    limit.pageEnded();
    try {
      return pages.next(limit.next());
    } catch (UnknownShardException error) {
      DataLossException missing = loss.shardMissing();
      missing.initCause(error);
      throw missing;
    }
  }

  private void waitForRecords(Page empty) throws InterruptedException {
    if (!empty.isBehind() && range.end() instanceof RangeEnd.ShardEnd) {
      // The last page of a closed shard has no next iterator; it may follow an empty page.
      waitWhile(behind);
    } else if (!empty.isBehind()) {
      if (notBehind.isOver()) {
        throw missing();
      }
      notBehind.pause(clock);
    } else {
      if (distance != null && empty.behindLatest().compareTo(distance) < 0) {
        behind.renew();
      }
      distance = empty.behindLatest();
      waitWhile(behind);
    }
  }

  private void waitWhile(Patience patience) throws InterruptedException {
    if (patience.isOver()) {
      throw new UnavailableException(
        "Kinesis returned only empty pages of shard %s for five minutes, although there are more records.".formatted(
          range.shardId()
        ),
        null
      );
    }
    patience.pause(clock);
  }

  private void endOfShard() throws InterruptedException {
    if (newest == null || !(range.end() instanceof RangeEnd.ShardEnd)) {
      throw missing();
    }
    finish();
  }

  /**
   * Kinesis silently skips records that expire between two pages. Records expire in order, so none of the range has expired
   * while its first record exists.
   */
  private void finish() throws InterruptedException {
    boolean isOld =
      firstArrival != null && Duration.between(firstArrival, answeredAt).compareTo(SAFE_AGE) > 0;
    if (isOld) {
      RangeEnd first = new RangeEnd.Through(range.from());
      new RangeReader(
        client,
        stream,
        new ShardRange(range.shardId(), range.from(), first),
        clock
      ).next();
    }
    finished = true;
  }

  private DataLossException missing() {
    return newest == null ? loss.isEmpty() : loss.endMissing(newest);
  }
}
