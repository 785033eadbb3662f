package streamingml.kinesis.planning;

import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;

/** Limits the pages that planning reads of a shard: all readers of a shard together get five calls a second. */
final class CountedReads {

  private static final int MOST = 3;

  private final ShardReader reader;
  private int left;

  CountedReads(ShardReader reader) {
    this.reader = reader;
  }

  /** Starts the next planning. */
  void begin() {
    left = MOST;
  }

  /** Number of pages that may still be read. */
  int left() {
    return left;
  }

  /** Reads the first page of a planning. */
  Page first() {
    left--;
    return reader.read(reader.pageSize().firstPage());
  }

  /** Reads a further page towards the newest record. */
  Page toTip() {
    left--;
    return reader.read(reader.pageSize().pageToTip());
  }

  /** Looks up one record without changing the position. */
  Page look(IteratorStart start) {
    left--;
    return reader.look(start);
  }

  /** Continues the lookup after an empty page. */
  Page lookFurther(Page empty) {
    left--;
    return reader.lookFurther(empty);
  }
}
