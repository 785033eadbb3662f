package streamingml.kinesis.planning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;

/**
 * Unread records that planning has seen: the first, where the range begins, and the furthest, where it may end.
 *
 * @param firstArrival when the first one arrived
 * @param lastArrival when the furthest one arrived, which need not be later
 */
record Seen(SequenceNumber first, Instant firstArrival, SequenceNumber last, Instant lastArrival) {
  /** Of a page that holds records. */
  static Seen of(Page page) {
    List<StreamRecord> records = page.records();
    StreamRecord first = records.get(0);
    StreamRecord last = records.get(records.size() - 1);
    return new Seen(
      first.sequenceNumber(),
      first.arrivedAt(),
      last.sequenceNumber(),
      last.arrivedAt()
    );
  }

  /** Of the record that a position stands in front of. */
  static Seen of(Position.At at) {
    return new Seen(at.sequenceNumber(), at.arrivedAt(), at.sequenceNumber(), at.arrivedAt());
  }

  /** With a page that was read further on. */
  Seen with(Page page) {
    if (page.records().isEmpty()) {
      return this;
    }
    Seen more = of(page);
    return more.last.isAfter(last)
      ? new Seen(first, firstArrival, more.last, more.lastArrival)
      : this;
  }

  /** The position behind all of them. */
  Position.After after() {
    return new Position.After(last, Optional.of(lastArrival));
  }
}
