package streamingml.kinesis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.planning.Lag;
import streamingml.kinesis.sdk.CallCounts.Count;

class ProgressMetricsTest {

  private final ProgressMetrics metrics = new ProgressMetrics();

  @Test
  void namesTheShardThatIsFurthestBehindAndThoseMoreThanASecond() {
    Lag lag = new Lag(
      Map.of(
        "shard-0",
        Duration.ZERO,
        "shard-1",
        Duration.ofMillis(1000),
        "shard-2",
        Duration.ofMillis(61_250),
        "shard-3",
        Duration.ofMillis(1001)
      )
    );
    assertEquals(
      Map.of(
        "behindSecondsMax",
        "61.250",
        "behindShard",
        "shard-2",
        "behindSeconds.shard-2",
        "61.250",
        "behindSeconds.shard-3",
        "1.001",
        "shards",
        "4",
        "bytes",
        "0"
      ),
      metrics.next(lag, Map.of())
    );
  }

  @Test
  void namesNoShardWhenNoneIsBehind() {
    assertEquals(
      Map.of("behindSecondsMax", "0.000", "shards", "1", "bytes", "0"),
      metrics.next(new Lag(Map.of("shard-0", Duration.ZERO)), Map.of())
    );
    assertEquals("0.000", metrics.next(new Lag(Map.of()), Map.of()).get("behindSecondsMax"));
  }

  @Test
  void namesTheHundredThatAreFurthestBehind() {
    Lag lag = new Lag(
      IntStream.rangeClosed(1, 150)
        .boxed()
        .collect(
          Collectors.toMap(number -> "shard-" + number, number -> Duration.ofMinutes(number))
        )
    );
    Map<String, String> told = metrics.next(lag, Map.of());
    long named = told
      .keySet()
      .stream()
      .filter(name -> name.startsWith("behindSeconds."))
      .count();
    assertEquals(100, named);
    assertEquals("3060.000", told.get("behindSeconds.shard-51"));
    assertFalse(told.containsKey("behindSeconds.shard-50"));
  }

  @Test
  void tellsWhatWasAskedSinceTheLastTime() {
    Lag lag = new Lag(Map.of());
    metrics.next(lag, Map.of("GetRecords", new Count(5, 1000)));
    Map<String, String> told = metrics.next(
      lag,
      Map.of("GetRecords", new Count(7, 1500), "ListShards", new Count(1, 20))
    );
    assertEquals("2", told.get("calls.GetRecords"));
    assertEquals("1", told.get("calls.ListShards"));
    assertEquals("520", told.get("bytes"));
  }
}
