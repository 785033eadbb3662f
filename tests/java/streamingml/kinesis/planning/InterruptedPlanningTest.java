package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.StreamException;

/** A query that is stopped does not wait for Kinesis. The limit only ends a test that would not end. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class InterruptedPlanningTest {

  private static final PlannerOptions OPTIONS = new PlannerOptions(
    Duration.ofSeconds(10),
    Duration.ofSeconds(1)
  );

  private final ModelTime time = new ModelTime();
  private final ModelKinesis kinesis = new ModelKinesis(time, new Conditions(), 1, 2);

  private final HangingKinesis client = new HangingKinesis(kinesis);
  private ExecutorService threads = Executors.newCachedThreadPool();

  private StreamPlanner planner() {
    return new StreamPlanner(client, OPTIONS, time, threads);
  }

  private void put() {
    for (int index = 0; index < 20; index++) {
      kinesis.stream().put(100);
    }
    time.advance(Duration.ofSeconds(1));
  }

  /** Lets everything end that is under way. */
  @AfterEach
  void finish() throws InterruptedException {
    client.answer();
    threads.shutdown();
    assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
  }

  /** The error of an interrupted call names the interruption, which stays visible to the thread. */
  private static void assertStopped(Executable action) {
    StreamException stopped = assertThrows(StreamException.class, action);
    assertInstanceOf(InterruptedException.class, stopped.getCause());
    assertTrue(Thread.interrupted());
  }

  @ParameterizedTest
  @ValueSource(strings = { "summary", "shards" })
  void endsWhileItIsToBegin(String call) {
    client.hangOnce(call);
    assertStopped(planner()::initial);
  }

  @ParameterizedTest
  @ValueSource(strings = { "iterator shardId-000000000001", "records" })
  void endsWhileAShardDoesNotAnswer(String call) {
    StreamPlanner planner = planner();
    StreamOffset start = planner.initial();
    put();
    client.hangOnce(call);
    assertStopped(() -> planner.plan(start));
  }

  @Test
  void makesNoCallThatHasNotBegun() throws InterruptedException {
    threads = Executors.newSingleThreadExecutor();
    StreamPlanner planner = planner();
    StreamOffset start = planner.initial();
    client.calls.clear();
    client.hangOnce("iterator");
    assertStopped(() -> planner.plan(start));
    finish();
    assertEquals(
      0,
      client.calls
        .stream()
        .filter(call -> call.endsWith("1"))
        .count()
    );
  }

  /** An answer that comes late moves the iterator it was asked with: planning again must not stand on the same. */
  @Test
  void sharesNoIteratorWithACallThatIsUnderWay() throws InterruptedException {
    StreamPlanner planner = planner();
    put();
    StreamOffset start = planner.plan(planner.initial());
    put();
    client.hangOnce("records");
    client.calls.clear();
    assertStopped(() -> planner.plan(start));
    Set<String> before = iterators();
    client.calls.clear();
    StreamOffset end = planner.plan(start);
    Set<String> again = iterators();
    again.retainAll(before);
    assertEquals(Set.of(), again);
    finish();
    StreamPlanner other = new StreamPlanner(kinesis, OPTIONS, time, Runnable::run);
    assertEquals(other.plan(start), end);
  }

  private Set<String> iterators() {
    return client.calls
      .stream()
      .filter(call -> call.startsWith("records"))
      .collect(Collectors.toCollection(HashSet::new));
  }
}
