package streamingml.kinesis.planning;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How far planning is behind the newest record.
 *
 * @param behind age of what is unread, by shard that is being read; zero where nothing is
 */
public record Lag(Map<String, Duration> behind) {
  public Lag {
    behind = Map.copyOf(behind);
  }

  /** The shard that is furthest behind; empty when none is read. */
  public Optional<Map.Entry<String, Duration>> furthest() {
    return behind
      .entrySet()
      .stream()
      .max(
        Map.Entry.<String, Duration>comparingByValue().thenComparing(Map.Entry.comparingByKey())
      );
  }
}
