package streamingml.kinesis.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Which calls a model got, by shard and time. */
public final class CallLog {

  /** An operation of the API. */
  public enum Call {
    DESCRIBE_STREAM_SUMMARY,
    GET_RECORDS,
    GET_SHARD_ITERATOR,
    LIST_SHARDS,
  }

  private record Key(Call call, String shardId) {}

  private record Sent(Instant at, long bytes) {}

  private final Map<Key, Deque<Instant>> latest = new HashMap<>();
  private final Map<Key, Integer> most = new HashMap<>();
  private final Map<String, Deque<Sent>> sent = new HashMap<>();
  private final Map<Call, Integer> totals = new HashMap<>();
  private long bytes;
  private int refused;

  /** How many calls of a kind a shard got within the second that ends now. */
  int inASecond(Call call, String shardId, Instant now) {
    Deque<Instant> calls = latest.getOrDefault(new Key(call, shardId), new ArrayDeque<>());
    while (!calls.isEmpty() && !calls.peekFirst().isAfter(now.minusSeconds(1))) {
      calls.removeFirst();
    }
    return calls.size();
  }

  /** Records a call for a shard that is within its quotas. */
  void add(Call call, String shardId, Instant now) {
    Key key = new Key(call, shardId);
    latest.computeIfAbsent(key, unused -> new ArrayDeque<>()).addLast(now);
    most.merge(key, inASecond(call, shardId, now), Math::max);
    totals.merge(call, 1, Integer::sum);
  }

  /** Records a call for the whole stream. */
  void add(Call call) {
    totals.merge(call, 1, Integer::sum);
  }

  /** Records a page that was sent. */
  void addBytes(String shardId, long size, Instant now) {
    sent.computeIfAbsent(shardId, unused -> new ArrayDeque<>()).addLast(new Sent(now, size));
    bytes += size;
  }

  /** Bytes a shard sent within some time. */
  long bytesWithin(Duration time, String shardId, Instant now) {
    Deque<Sent> pages = sent.getOrDefault(shardId, new ArrayDeque<>());
    while (!pages.isEmpty() && !pages.peekFirst().at().isAfter(now.minus(time))) {
      pages.removeFirst();
    }
    return pages.stream().mapToLong(Sent::bytes).sum();
  }

  /** Most calls of a kind that any shard got within a second. */
  public int mostASecond(Call call) {
    return most
      .entrySet()
      .stream()
      .filter(entry -> entry.getKey().call() == call)
      .mapToInt(Map.Entry::getValue)
      .max()
      .orElse(0);
  }

  /** All calls of a kind. */
  public int total(Call call) {
    return totals.getOrDefault(call, 0);
  }

  /** Records a call that was refused because of a quota. */
  void addRefused() {
    refused++;
  }

  /** Calls that were refused because of a quota. */
  public int refused() {
    return refused;
  }

  /** Bytes of all pages. */
  public long bytes() {
    return bytes;
  }
}
