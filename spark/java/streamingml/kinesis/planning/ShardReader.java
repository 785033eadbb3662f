package streamingml.kinesis.planning;

import java.time.Instant;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.stream.ExpiredIteratorException;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamClient;

/**
 * Reads on in one shard from where planning stands, with an iterator that is kept between micro-batches: after empty
 * pages it stands further than any position could say.
 */
final class ShardReader {

  /** Pages of an existing record that may be empty before it counts as gone. */
  private static final int EMPTY_PAGES = 5;

  private final StreamClient client;
  private final String shardId;
  private final ServerClock clock;
  private final PageSize pageSize = new PageSize();

  private Position position;
  private String iterator;
  /** Whether records were read that no position stands behind yet: reading them again needs another iterator. */
  private boolean isAhead;
  /** Whether the record that the position stands in front of has not come yet, only empty pages. */
  private boolean isInFront;

  ShardReader(StreamClient client, String shardId, ServerClock clock) {
    this.client = client;
    this.shardId = shardId;
    this.clock = clock;
  }

  PageSize pageSize() {
    return pageSize;
  }

  /** Goes to a position; the iterator is kept where it already stands there. */
  void seek(Position wanted) {
    if (isAhead || !wanted.equals(position)) {
      position = wanted;
      iterator = null;
      isAhead = false;
    }
  }

  /** Takes the furthest record read so far for the new position. */
  void settle(Position.After reached) {
    position = reached;
    isAhead = false;
    if (isInFront) {
      iterator = null;
    }
  }

  /**
   * Takes a record that was looked up for the new position.
   *
   * @param page holds that record and nothing else: reading goes on behind it
   */
  void settle(Position.At reached, Page page) {
    position = reached;
    iterator = page.nextIterator();
    isAhead = false;
    isInFront = false;
  }

  /**
   * Reads the next page. In front of a record that was looked up it may leave that record out.
   *
   * @param limit most records
   */
  Page read(int limit) {
    Page page = records(limit);
    iterator = page.nextIterator();
    isAhead |= !page.records().isEmpty();
    isInFront &= page.records().isEmpty();
    pageSize.learn(page);
    return page;
  }

  /** Goes on at the first record that arrived at a moment or later, without another position. */
  void skipTo(Instant time) {
    iterator = client.iterator(shardId, new IteratorStart.AtTime(time));
    isAhead = false;
  }

  /** Looks for one record, without moving. */
  Page look(IteratorStart start) {
    return observed(client.records(client.iterator(shardId, start), 1));
  }

  /** Looks for it further on, where a page was empty. */
  Page lookFurther(Page empty) {
    return observed(client.records(empty.nextIterator(), 1));
  }

  /** Whether the shard still holds a record. */
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
