package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;

/** Planning that ends at the records that had arrived by a time. */
final class StopAtTipTest {

  private static final String SHARD = "shardId-000000000000";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final PlannerOptions OPTIONS = new PlannerOptions(Duration.ofSeconds(10), SECOND);

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions();
  private final ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 1);
  private final ModelStream stream = kinesis.stream();
  private final ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);

  @BeforeEach
  void start() throws InterruptedException {
    query.start();
  }

  @Test
  void stopsAtWhatHadArrivedWhenItWasToldTo() throws InterruptedException {
    stream.put(5_000, 100, Duration.ofMillis(10));
    query.planner().stopAtTip();
    int triggers = 0;
    while (!query.planner().isDone(query.offset())) {
      assertTrue(triggers++ < 40, "it does not end");
      stream.put(100, 100, Duration.ofMillis(10));
      query.trigger();
    }
    assertTrue(query.read(SHARD) >= 5_000);
    assertTrue(query.unread() > 0);
    query.assertIdle();
  }

  @Test
  void doesNotStopAtAnEmptyPageOrARefusal() throws InterruptedException {
    conditions.emptyStretch(Duration.ofMinutes(5)).throttledOneIn(4);
    stream.put(2, 100, Duration.ofHours(2));
    stream.split(SHARD);
    stream.put(20, 100, Duration.ofMinutes(10));
    query.planner().stopAtTip();
    for (int triggers = 0; !query.planner().isDone(query.offset()); triggers++) {
      assertTrue(triggers < 100, "it does not end");
      time.advance(SECOND);
      query.trigger();
    }
    assertEquals(0, query.unread());
  }
}
