package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;

/** Clocks that are wrong, on either side: they only decide how much is read to plan. */
final class ClocksTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final PlannerOptions OPTIONS = new PlannerOptions(Duration.ofSeconds(10), SECOND);

  private final ModelTime time = new ModelTime();
  private final Conditions conditions = new Conditions();
  private final ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 1);
  private final ModelStream stream = kinesis.stream();
  private ModelQuery query = new ModelQuery(kinesis, time, OPTIONS, Duration.ZERO);

  @BeforeEach
  void start() throws InterruptedException {
    query.start();
  }

  @ParameterizedTest
  @CsvSource({ "-10, true", "-10, false", "0, true", "10, true", "10, false" })
  void staysNearTheTipWhateverTheLocalClockSays(int minutes, boolean refusalTellsTime)
    throws InterruptedException {
    conditions.refusalTellsTime(refusalTellsTime);
    query = new ModelQuery(kinesis, time, OPTIONS, Duration.ofMinutes(minutes));
    query.start();
    // More than is read page by page to plan a micro-batch.
    for (int trigger = 0; trigger < 10; trigger++) {
      stream.put(5_000, 100, Duration.ofMillis(1));
      query.trigger();
      // Answers have whole seconds, and planning stays 250 ms before now.
      int most = trigger < 2 ? 10_000 : 1_600;
      assertTrue(query.unread() <= most, () -> query.unread() + " unread records");
    }
    query.readAll(SECOND, 5);
  }

  @ParameterizedTest
  @ValueSource(booleans = { true, false })
  void survivesAClockThatIsSetWhileItRuns(boolean refusalTellsTime) throws InterruptedException {
    conditions.refusalTellsTime(refusalTellsTime);
    for (int minutes : List.of(0, 10, -10, 10)) {
      query.setClock(Duration.ofMinutes(minutes));
      stream.put(3_000, 100, Duration.ofMillis(1));
      query.readAll(SECOND, 10);
    }
  }

  @Test
  void goesOnWhereArrivalTimesStepBack() throws InterruptedException {
    conditions.disorder(Duration.ofSeconds(30));
    stream.put(5_000, 1_000, Duration.ofMillis(5));
    query.readAll(SECOND, 40);
    for (int second = 0; second < 60; second++) {
      stream.put(200, 1_000, Duration.ofMillis(5));
      query.trigger();
      assertTrue(query.unread() <= 2_000, () -> query.unread() + " unread");
    }
  }
}
