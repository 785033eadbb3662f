package streamingml.kinesis.model;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import streamingml.kinesis.stream.ExpiredIteratorException;
import streamingml.kinesis.stream.FutureTimestampException;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.kinesis.stream.UnavailableException;
import streamingml.kinesis.stream.UnknownShardException;

/**
 * A stream as the API reference of Kinesis describes it (GetRecords, GetShardIterator, ListShards), with everything
 * that readers like to forget. The same seed and the same calls give the same answers.
 */
public final class ModelKinesis implements StreamClient {

  private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);
  private static final int CALLS_A_SECOND = 5;
  private static final Duration BYTES_WINDOW = Duration.ofSeconds(5);

  private final ModelTime time;
  private final Conditions conditions;
  private final Random random;
  private final ModelPages pages;
  private final ModelStream stream;
  private final Map<String, ModelIterator> iterators = new HashMap<>();
  private final CallLog calls = new CallLog();

  /**
   * Creates a stream.
   *
   * @param seed of everything that is left to chance
   * @param shards how many it begins with
   */
  public ModelKinesis(ModelTime time, Conditions conditions, long seed, int shards) {
    this.time = time;
    this.conditions = conditions;
    random = new Random(seed);
    pages = new ModelPages(conditions, random);
    stream = new ModelStream(time, conditions, random, shards);
  }

  /** The operations of producers and operators on the stream. */
  public ModelStream stream() {
    return stream;
  }

  /** Which calls were made. */
  public CallLog calls() {
    return calls;
  }

  @Override
  public synchronized StreamSummary summary() {
    beginOf(CallLog.Call.DESCRIBE_STREAM_SUMMARY);
    return stream.summary();
  }

  @Override
  public synchronized List<Shard> shards() {
    beginOf(CallLog.Call.LIST_SHARDS);
    return stream.listed();
  }

  @Override
  public synchronized String iterator(String shardId, IteratorStart start) {
    Instant now = beginOf(CallLog.Call.GET_SHARD_ITERATOR, shardId);
    ModelShard shard = listed(shardId);
    if (start instanceof IteratorStart.AtTime at) {
      if (at.time().isAfter(now)) {
        throw new FutureTimestampException(
          "InvalidArgumentException: the timestamp %s lies in the future.".formatted(at.time()),
          conditions.refusalTellsTime ? now : null,
          null
        );
      }
      // It is not documented whether the search ends with the iterator or continues with every page.
      int found = shard.placeAt(at.time());
      boolean goesOn = found == shard.records.size() && random.nextBoolean();
      return give(new ModelIterator(shard, found, at.time(), goesOn ? at.time() : null, now));
    }
    int horizon = shard.trimHorizon();
    Instant oldest = max(shard.createdAt, now.minus(conditions.retention));
    if (start instanceof IteratorStart.At at) {
      int place = place(shard, at.sequenceNumber());
      Instant reached = shard.records.get(place).putAt();
      return give(
        new ModelIterator(shard, Math.max(place, horizon), max(reached, oldest), null, now)
      );
    }
    if (start instanceof IteratorStart.After after) {
      int place = place(shard, after.sequenceNumber());
      Instant reached = shard.records.get(place).putAt();
      return give(
        new ModelIterator(shard, Math.max(place + 1, horizon), max(reached, oldest), null, now)
      );
    }
    return give(new ModelIterator(shard, horizon, oldest, null, now));
  }

  @Override
  public synchronized Page records(String iterator, int limit) {
    ModelIterator from = iterators.get(iterator);
    if (from == null || limit < 1 || limit > 10_000) {
      throw new StreamException(
        "InvalidArgumentException: no such iterator, or a limit of " + limit
      );
    }
    Instant now = beginOf(CallLog.Call.GET_RECORDS, from.shard().id);
    listed(from.shard().id);
    if (from.givenAt().plus(ITERATOR_LIFE).isBefore(now)) {
      throw new ExpiredIteratorException("ExpiredIteratorException: use a new one.", null);
    }
    ModelPages.Draft draft = pages.read(from, limit, now);
    calls.addBytes(from.shard().id, draft.bytes(), now);
    return new Page(
      draft.records(),
      draft.next() == null ? null : give(draft.next()),
      draft.behind(),
      draft.next() == null ? from.shard().children : List.of(),
      Instant.ofEpochSecond(now.getEpochSecond())
    );
  }

  private Instant beginOf(CallLog.Call call, String shardId) {
    time.advance(conditions.callTime);
    Instant now = time.instant();
    boolean tooMany = calls.inASecond(call, shardId, now) >= CALLS_A_SECOND;
    boolean tooManyBytes =
      call == CallLog.Call.GET_RECORDS &&
      calls.bytesWithin(BYTES_WINDOW, shardId, now) >= ModelPages.MOST_BYTES;
    if (conditions.quotas && (tooMany || tooManyBytes)) {
      calls.addRefused();
      throw new UnavailableException("ProvisionedThroughputExceededException: " + shardId, null);
    }
    calls.add(call, shardId, now);
    fail();
    return now;
  }

  private void beginOf(CallLog.Call call) {
    time.advance(conditions.callTime);
    calls.add(call);
    fail();
  }

  private void fail() {
    if (conditions.throttledOneIn > 0 && random.nextInt(conditions.throttledOneIn) == 0) {
      throw new UnavailableException("ProvisionedThroughputExceededException", null);
    }
    if (conditions.networkErrorOneIn > 0 && random.nextInt(conditions.networkErrorOneIn) == 0) {
      throw new UnavailableException("no answer", new IOException("Connection reset"));
    }
  }

  private ModelShard listed(String shardId) {
    ModelShard shard = stream.listed(shardId);
    if (shard == null) {
      throw new UnknownShardException("ResourceNotFoundException: " + shardId, null);
    }
    return shard;
  }

  private static int place(ModelShard shard, SequenceNumber number) {
    Integer place = shard.place(number);
    if (place == null) {
      throw new StreamException("InvalidArgumentException: no such sequence number in " + shard.id);
    }
    return place;
  }

  private String give(ModelIterator iterator) {
    String name = "AAAA" + Long.toHexString(random.nextLong()) + iterators.size();
    iterators.put(name, iterator);
    return name;
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
