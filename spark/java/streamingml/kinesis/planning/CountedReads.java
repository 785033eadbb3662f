package streamingml.kinesis.planning;

import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;

/** The few pages that one planning of a shard may ask for. A shard answers five a second, to tasks and others, too. */
final class CountedReads {

  private static final int MOST = 3;

  private final ShardReader reader;
  private int left;

  CountedReads(ShardReader reader) {
    this.reader = reader;
  }

  /** Begins another planning. */
  void begin() {
    left = MOST;
  }

  /** How many more there may be. */
  int left() {
    return left;
  }

  /** Reads the page that a planning begins with. */
  Page first() {
    left--;
    return reader.read(reader.pageSize().firstPage());
  }

  /** Reads a page on the way to the newest record. */
  Page toTip() {
    left--;
    return reader.read(reader.pageSize().pageToTip());
  }

  /** Looks for one record, without moving. */
  Page look(IteratorStart start) {
    left--;
    return reader.look(start);
  }

  /** Looks for it further on, where a page was empty. */
  Page lookFurther(Page empty) {
    left--;
    return reader.lookFurther(empty);
  }
}
