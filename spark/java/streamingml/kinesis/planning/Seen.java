package streamingml.kinesis.planning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;

/**
 * Unread records that planning has read: the first, where the range starts, and the last, where it may end.
 *
 * @param firstArrival when the first one arrived
 * @param lastArrival when the last one arrived, which may be earlier
 */
record Seen(SequenceNumber first, Instant firstArrival, SequenceNumber last, Instant lastArrival) {
  /** Creates it from a page with records. */
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

  /** Creates it from the record after a position. */
  static Seen of(Position.At at) {
    return new Seen(at.sequenceNumber(), at.arrivedAt(), at.sequenceNumber(), at.arrivedAt());
  }

  /** Adds a further page. */
  Seen with(Page page) {
    if (page.records().isEmpty()) {
      return this;
    }
    Seen more = of(page);
    return more.last.isAfter(last)
      ? new Seen(first, firstArrival, more.last, more.lastArrival)
      : this;
  }

  /** The position after all of them. */
  Position.After after() {
    return new Position.After(last, Optional.of(lastArrival));
  }
}
