package streamingml.kinesis.planning;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How far planning is behind the newest record.
 *
 * @param behind age of unread records, by shard that is being read; zero if none are unread
 */
public record Lag(Map<String, Duration> behind) {
  public Lag {
    behind = Map.copyOf(behind);
  }

  /** The shard that is furthest behind; empty if no shard is read. */
  public Optional<Map.Entry<String, Duration>> furthest() {
    return behind
      .entrySet()
      .stream()
      .max(
        Map.Entry.<String, Duration>comparingByValue().thenComparing(Map.Entry.comparingByKey())
      );
  }
}
