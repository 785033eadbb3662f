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
 * Finds the next end in one shard. Any record that was seen is a legal end; time stamps only save reading what lies in
 * between, so nothing depends on their order or on whose clock is right.
 *
 * <p>First a page is read: it finds what little there is. When more is left, a record at the newest moment that is
 * certain to have come, or at the end of the span, is looked up by its time; the range ends in front of it. When there
 * is none, the newest record is near, and a page or two are read to find it.
 */
final class ShardPlanner {

  /** A record as young as this may still have a neighbour on its way. */
  private static final Duration SAFETY = Duration.ofMillis(250);

  /** Of a shard that carries too much for a page, a page is read this rarely to see whether it still does. */
  private static final int LOOK_UPS_IN_A_ROW = 10;

  private final ServerClock clock;
  private final ShardReader reader;
  private final CountedReads reads;
  private final LossCheck lossCheck;

  private int lookUpsBeforeReading;
  private Duration behind = Duration.ZERO;
  /** When nothing was left unread for the last time; null before that. */
  private Instant tipSeenAt;

  ShardPlanner(StreamClient client, String stream, String shardId, ServerClock clock) {
    this.clock = clock;
    reader = new ShardReader(client, shardId, clock);
    reads = new CountedReads(reader);
    lossCheck = new LossCheck(stream, shardId, reader);
  }

  /** When nothing was left unread for the last time, as far as this planner saw it. */
  Optional<Instant> tipSeenAt() {
    return Optional.ofNullable(tipSeenAt);
  }

  /**
   * Plans the next range.
   *
   * @param start where the shard stands
   * @param span stream time that the range may cover
   * @param retention how long the stream keeps a record
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
   * Goes on in front of a record that was looked up. What follows may be little again, and then the newest record is
   * found by reading, while a look-up leaves out what arrived since its moment.
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

  /** The end is behind a page that was read when that shows it, and is looked up otherwise. */
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
      // A look-up that finds nothing is followed by reading on.
      return reads.left() > 1 ? findEnd(start, seen, span) : soFar;
    } catch (UnavailableException error) {
      return soFar;
    }
  }

  /** Looks the end up by its time; reads on where there is none. */
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
      // The last call is left for reading on.
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
    reader.settle(end, page);
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
    reader.settle(end);
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
      // So long its children are known to hold nothing unread.
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

  /** The latest moment up to which everything is known to be read. */
  private Optional<Instant> readUntil(ShardOffset start) {
    Optional<Instant> arrival = start.position().arrival();
    return latest(arrival, latest(start.tipSeenAt(), tipSeenAt()));
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }
}
