package streamingml.kinesis.planning;

import java.time.Instant;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.stream.ExpiredIteratorException;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamClient;

/**
 * Reads one shard from the position of planning, with an iterator that is kept between micro-batches: after empty pages
 * it is further than any position.
 */
final class ShardReader {

  /** Number of empty pages before a record counts as expired. */
  private static final int EMPTY_PAGES = 5;

  private final StreamClient client;
  private final String shardId;
  private final ServerClock clock;
  private final PageSize pageSize = new PageSize();

  private Position position;
  private String iterator;
  /** Whether records were read after the position: reading them again needs another iterator. */
  private boolean isAhead;
  /** Whether the record after the position was not returned yet, only empty pages. */
  private boolean isInFront;

  ShardReader(StreamClient client, String shardId, ServerClock clock) {
    this.client = client;
    this.shardId = shardId;
    this.clock = clock;
  }

  PageSize pageSize() {
    return pageSize;
  }

  /** Moves to a position; keeps the iterator if it is there already. */
  void seek(Position wanted) {
    if (isAhead || !wanted.equals(position)) {
      position = wanted;
      iterator = null;
      isAhead = false;
    }
  }

  /** Makes the last record that was read the new position. */
  void setPosition(Position.After reached) {
    position = reached;
    isAhead = false;
    if (isInFront) {
      iterator = null;
    }
  }

  /**
   * Makes a record that was looked up the new position.
   *
   * @param page has only that record: reading continues after it
   */
  void setPosition(Position.At reached, Page page) {
    position = reached;
    iterator = page.nextIterator();
    isAhead = false;
    isInFront = false;
  }

  /**
   * Reads the next page. Before a record that was looked up, the page may lack that record.
   *
   * @param limit maximum records
   */
  Page read(int limit) {
    Page page = records(limit);
    iterator = page.nextIterator();
    isAhead |= !page.records().isEmpty();
    isInFront &= page.records().isEmpty();
    pageSize.learn(page);
    return page;
  }

  /** Continues at the first record that arrived at a time or later, without changing the position. */
  void skipTo(Instant time) {
    iterator = client.iterator(shardId, new IteratorStart.AtTime(time));
    isAhead = false;
  }

  /** Looks up one record without changing the position. */
  Page look(IteratorStart start) {
    return observed(client.records(client.iterator(shardId, start), 1));
  }

  /** Continues the lookup after an empty page. */
  Page lookFurther(Page empty) {
    return observed(client.records(empty.nextIterator(), 1));
  }

  /** Whether the shard still has a record. */
  boolean holds(SequenceNumber number) {
    Page page = look(new IteratorStart.At(number));
    for (int pages = 1; pages < EMPTY_PAGES && page.isEmptyOnTheWay(); pages++) {
      page = lookFurther(page);
    }
    return page
      .records()
      .stream()
      .anyMatch(found -> found.sequenceNumber().equals(number));
  }

  private Page records(int limit) {
    if (iterator != null) {
      try {
        return observed(client.records(iterator, limit));
      } catch (ExpiredIteratorException error) {
        iterator = null;
      }
    }
    isInFront = position instanceof Position.At;
    return observed(client.records(client.iterator(shardId, start()), limit));
  }

  private IteratorStart start() {
    if (position instanceof Position.At at) {
      return new IteratorStart.At(at.sequenceNumber());
    }
    if (position instanceof Position.After after) {
      return new IteratorStart.After(after.sequenceNumber());
    }
    return new IteratorStart.TrimHorizon();
  }

  private Page observed(Page page) {
    clock.observe(page.answeredAt());
    return page;
  }
}
