package streamingml.kinesis.sdk;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of requests and response bytes, by operation. Thread-safe. */
public final class CallCounts {

  /**
   * Sums of one operation.
   *
   * @param calls requests that were sent, including the SDK's retries: Kinesis counts them against its quotas
   * @param bytes bytes of the response bodies
   */
  public record Count(long calls, long bytes) {}

  private record Sums(LongAdder calls, LongAdder bytes) {}

  private final ConcurrentMap<String, Sums> sums = new ConcurrentHashMap<>();

  CallCounts() {}

  void called(String operation) {
    of(operation).calls.increment();
  }

  void received(String operation, long bytes) {
    of(operation).bytes.add(bytes);
  }

  private Sums of(String operation) {
    return sums.computeIfAbsent(operation, name -> new Sums(new LongAdder(), new LongAdder()));
  }

  /** The sums so far by operation, such as {@code GetRecords}; an operation that was never called is absent. */
  public Map<String, Count> byOperation() {
    Map<String, Count> counts = new TreeMap<>();
    sums.forEach((name, sum) -> counts.put(name, new Count(sum.calls.sum(), sum.bytes.sum())));
    return counts;
  }
}
