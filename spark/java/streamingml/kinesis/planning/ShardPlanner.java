package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.planning.ShardPlan.Outcome;
import streamingml.kinesis.stream.DataLossException;
import streamingml.kinesis.stream.FutureTimestampException;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.UnavailableException;
import streamingml.kinesis.stream.UnknownShardException;

/**
 * Finds the next end of a range in one shard. Any record that was read is a valid end; timestamps only save reading the
 * records between, so nothing depends on their order or on the correctness of a clock.
 *
 * <p>First a page is read, which is enough for few records. If there are more, a record is looked up by its time: at the
 * latest time that Kinesis's clock has certainly reached, or at the end of the span. The range ends before it. If there
 * is none, the newest record is near, and a page or two are read to find it.
 */
final class ShardPlanner {

  /** Records may still arrive beside a record as new as this. */
  private static final Duration SAFETY = Duration.ofMillis(250);

  /** How rarely a page is read of a shard whose records do not fit into a page, to see whether they still do not. */
  private static final int LOOK_UPS_IN_A_ROW = 10;

  private final ServerClock clock;
  private final ShardReader reader;
  private final CountedReads reads;
  private final LossCheck lossCheck;

  private int lookUpsBeforeReading;
  private Duration behind = Duration.ZERO;
  /** When no record was unread for the last time; null before that. */
  private Instant tipSeenAt;

  ShardPlanner(StreamClient client, String stream, String shardId, ServerClock clock) {
    this.clock = clock;
    reader = new ShardReader(client, shardId, clock);
    reads = new CountedReads(reader);
    lossCheck = new LossCheck(stream, shardId, reader);
  }

  /** When this planner last found no unread record. */
  Optional<Instant> tipSeenAt() {
    return Optional.ofNullable(tipSeenAt);
  }

  /**
   * Plans the next range.
   *
   * @param start the offset of the shard
   * @param span stream time that the range may cover
   * @param retention retention period of the stream
   * @throws DataLossException unread records have expired, or may have
   */
  ShardPlan plan(ShardOffset start, Duration span, Duration retention) {
    reads.begin();
    reader.seek(start.position());
    try {
      return start.position() instanceof Position.At at
        ? fromLookedUp(start, Seen.of(at), span)
        : readOn(start, span, retention);
    } catch (UnavailableException error) {
      return new ShardPlan(start, Outcome.UNANSWERED, behind, List.of(), Optional.of(error));
    } catch (UnknownShardException error) {
      throw lossCheck.gone();
    }
  }

  private ShardPlan readOn(ShardOffset start, Duration span, Duration retention) {
    Page page = reads.first();
    while (page.isEmptyOnTheWay() && reads.left() > 0) {
      page = reads.first();
    }
    if (page.isEmptyOnTheWay()) {
      return unchanged(start, Outcome.BEHIND, page.behindLatest());
    }
    Instant now = clock.now().orElseThrow();
    lossCheck.requireNoGap(start, readUntil(start), now, retention);
    if (page.records().isEmpty()) {
      return page.isLast() ? ended(start, Optional.empty(), page) : atTip(start);
    }
    Seen seen = Seen.of(page);
    if (start.position() instanceof Position.TrimHorizon && readUntil(start).isEmpty()) {
      Optional<Instant> later = LossCheck.beginning(seen.firstArrival(), now, retention);
      if (later.isPresent()) {
        reader.skipTo(later.get());
        return reads.left() > 0
          ? readOn(start, span, retention)
          : unchanged(start, Outcome.BEHIND, page.behindLatest());
      }
    }
    return endBehind(start, seen, page, span);
  }

  /**
   * Continues before a record that was looked up. If few records follow, the newest one is found by reading, because a
   * lookup leaves out records that arrived after its time.
   */
  private ShardPlan fromLookedUp(ShardOffset start, Seen lookedUp, Duration span) {
    if (lookUpsBeforeReading > 0) {
      lookUpsBeforeReading--;
      return findEnd(start, lookedUp, span);
    }
    Page page = reads.first();
    if (page.isBehind()) {
      lookUpsBeforeReading = LOOK_UPS_IN_A_ROW;
    }
    return endBehind(start, lookedUp.with(page), page, span);
  }

  /** The end is after the page that was read if it is the last one, and is looked up otherwise. */
  private ShardPlan endBehind(ShardOffset start, Seen seen, Page page, Duration span) {
    if (page.isLast()) {
      return ended(start, Optional.of(seen), page);
    }
    Instant spanEnd = seen.firstArrival().plus(span);
    if (!page.isBehind() || !seen.lastArrival().isBefore(spanEnd)) {
      return after(seen, page, page.isBehind() ? Outcome.CUT : Outcome.AT_TIP);
    }
    ShardPlan soFar = after(seen, page, Outcome.BEHIND);
    try {
      // If a lookup finds nothing, further pages are read.
      return reads.left() > 1 ? findEnd(start, seen, span) : soFar;
    } catch (UnavailableException error) {
      return soFar;
    }
  }

  /** Looks up the end by its time; reads further pages if there is none. */
  private ShardPlan findEnd(ShardOffset start, Seen seen, Duration span) {
    Instant spanEnd = seen.firstArrival().plus(span);
    Optional<Instant> newest = clock.now().map(now -> now.minus(SAFETY));
    boolean isCut = newest.map(spanEnd::isBefore).orElse(false);
    Optional<Instant> time = newest.map(now -> isCut ? spanEnd : now);
    return time
      .filter(seen.lastArrival()::isBefore)
      .flatMap(moment -> lookUp(start, seen, moment, isCut ? Outcome.CUT : Outcome.BEHIND))
      .orElseGet(() -> readToTip(start, seen));
  }

  private Optional<ShardPlan> lookUp(
    ShardOffset start,
    Seen seen,
    Instant time,
    Outcome whenFound
  ) {
    Page page;
    try {
      page = reads.look(new IteratorStart.AtTime(time));
      // The last call is kept for a further page.
      while (page.isEmptyOnTheWay() && reads.left() > 1) {
        page = reads.lookFurther(page);
      }
    } catch (FutureTimestampException error) {
      clock.correct(error.now());
      return Optional.empty();
    }
    if (page.records().isEmpty()) {
      return page.isLast() ? Optional.of(ended(start, Optional.of(seen), page)) : Optional.empty();
    }
    StreamRecord found = page.records().get(0);
    if (!found.sequenceNumber().isAfter(seen.last())) {
      return Optional.empty();
    }
    Position.At end = new Position.At(found.sequenceNumber(), found.arrivedAt());
    reader.setPosition(end, page);
    behind = clock.age(found.arrivedAt());
    return Optional.of(plan(end, seen, whenFound));
  }

  private ShardPlan readToTip(ShardOffset start, Seen seen) {
    Page page;
    Seen all = seen;
    do {
      page = reads.toTip();
      all = all.with(page);
    } while (!page.isLast() && page.isBehind() && reads.left() > 0);
    return page.isLast()
      ? ended(start, Optional.of(all), page)
      : after(all, page, page.isBehind() ? Outcome.BEHIND : Outcome.AT_TIP);
  }

  private ShardPlan after(Seen seen, Page page, Outcome outcome) {
    Position.After end = seen.after();
    reader.setPosition(end);
    behind = page.behindLatest();
    if (outcome == Outcome.AT_TIP) {
      tipSeenAt = clock.now().orElse(tipSeenAt);
    }
    return plan(end, seen, outcome);
  }

  private ShardPlan plan(Position end, Seen seen, Outcome outcome) {
    ShardOffset offset = new ShardOffset(
      end,
      Optional.of(seen.first()),
      Optional.empty(),
      List.of()
    );
    return new ShardPlan(offset, outcome, behind, List.of(), Optional.empty());
  }

  private ShardPlan ended(ShardOffset start, Optional<Seen> seen, Page page) {
    behind = Duration.ZERO;
    ShardOffset offset = new ShardOffset(
      new Position.End(),
      seen.map(Seen::first),
      // Until then its children certainly have no unread records.
      latest(seen.map(Seen::lastArrival), readUntil(start)),
      List.of()
    );
    return new ShardPlan(offset, Outcome.ENDED, behind, page.children(), Optional.empty());
  }

  private ShardPlan atTip(ShardOffset start) {
    tipSeenAt = clock.now().orElse(tipSeenAt);
    return unchanged(start, Outcome.AT_TIP, Duration.ZERO);
  }

  private ShardPlan unchanged(ShardOffset start, Outcome outcome, Duration distance) {
    behind = distance;
    return new ShardPlan(start, outcome, behind, List.of(), Optional.empty());
  }

  /** The latest time up to which all records were read. */
  private Optional<Instant> readUntil(ShardOffset start) {
    Optional<Instant> arrival = start.position().arrival();
    return latest(arrival, latest(start.tipSeenAt(), tipSeenAt()));
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }
}
