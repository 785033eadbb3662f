package streamingml.kinesis.source;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import streamingml.kinesis.planning.Lag;
import streamingml.kinesis.sdk.CallCounts;

/**
 * The source's metrics in the progress of a query:
 *
 * <ul>
 *   <li>{@code behindSecondsMax}: age of unread records in the shard that is furthest behind
 *   <li>{@code behindShard}: that shard; absent when none is behind
 *   <li>{@code behindSeconds.SHARD}: the same of each shard that is more than a second behind, the furthest {@value
 *       #MOST_SHARDS}
 *   <li>{@code shards}: how many are being read
 *   <li>{@code calls.OPERATION}, {@code bytes}: calls of planning since the previous progress; calls of tasks are in the
 *       tasks' metrics
 * </ul>
 */
final class ProgressMetrics {

  private static final int MOST_SHARDS = 100;
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);
  private static final CallCounts.Count NONE = new CallCounts.Count(0, 0);

  private Map<String, CallCounts.Count> told = Map.of();

  /**
   * Returns the metrics.
   *
   * @param total counts of all calls of planning so far, by operation
   */
  synchronized Map<String, String> next(Lag lag, Map<String, CallCounts.Count> total) {
    Map<String, String> metrics = new TreeMap<>();
    putLag(metrics, lag);
    metrics.put("shards", Integer.toString(lag.behind().size()));
    long bytes = 0;
    for (Map.Entry<String, CallCounts.Count> operation : total.entrySet()) {
      CallCounts.Count before = told.getOrDefault(operation.getKey(), NONE);
      long calls = operation.getValue().calls() - before.calls();
      metrics.put("calls." + operation.getKey(), Long.toString(calls));
      bytes += operation.getValue().bytes() - before.bytes();
    }
    metrics.put("bytes", Long.toString(bytes));
    told = Map.copyOf(total);
    return metrics;
  }

  private static void putLag(Map<String, String> metrics, Lag lag) {
    Duration most = lag.furthest().map(Map.Entry::getValue).orElse(Duration.ZERO);
    metrics.put("behindSecondsMax", seconds(most));
    lag
      .furthest()
      .filter(shard -> !shard.getValue().isZero())
      .ifPresent(shard -> metrics.put("behindShard", shard.getKey()));
    lag
      .behind()
      .entrySet()
      .stream()
      .filter(shard -> shard.getValue().compareTo(WORTH_TELLING) > 0)
      .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
      .limit(MOST_SHARDS)
      .forEach(shard -> metrics.put("behindSeconds." + shard.getKey(), seconds(shard.getValue())));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
