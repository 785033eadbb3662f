package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the steps in which a backlog is read grow and shrink. */
final class SpanTest {

  private static final Duration LEAST = Duration.ofSeconds(3);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Span span = new Span(new PlannerOptions(LEAST, SECOND));

  private void learn(int times, Duration taken, boolean cut) {
    for (int index = 0; index < times; index++) {
      span.learn(taken, cut, Duration.ZERO);
    }
  }

  @Test
  void growsToAnHourWhileEachStepIsDoneInTime() {
    learn(1, SECOND, true);
    assertEquals(LEAST.multipliedBy(2), span.current());
    learn(20, SECOND, true);
    assertEquals(Duration.ofHours(1), span.current());
  }

  @Test
  void shrinksToTheLeastWhenNothingWasCut() {
    learn(5, SECOND, true);
    learn(5, SECOND, false);
    assertEquals(LEAST, span.current());
  }

  @Test
  void shrinksAfterAnOverrunAsLongAsHalfOfItCatchesUp() {
    learn(5, SECOND, true);
    assertEquals(Duration.ofSeconds(96), span.current());
    learn(1, Duration.ofSeconds(5), true);
    assertEquals(Duration.ofSeconds(48), span.current());
  }

  @Test
  void letsAMicroBatchTakeLongerWhileTheJobIsFarBehind() {
    learn(5, SECOND, true);
    // An eighth of 40 seconds is five.
    span.learn(Duration.ofSeconds(5), true, Duration.ofSeconds(40));
    assertEquals(Duration.ofSeconds(96), span.current());
    span.learn(Duration.ofSeconds(6), true, Duration.ofSeconds(40));
    assertEquals(Duration.ofSeconds(48), span.current());
    // A large lag, and done in less than half of the allowed time.
    span.learn(Duration.ofSeconds(8), true, Duration.ofSeconds(400));
    assertEquals(Duration.ofSeconds(96), span.current());
  }

  @Test
  void growsFasterWhereAQuarterOfTheTimeIsEnough() {
    // It may take two triggers, or up to half a minute with a large lag.
    span.learn(Duration.ofMillis(501), true, Duration.ZERO);
    assertEquals(LEAST.multipliedBy(2), span.current());
    span.learn(Duration.ofMillis(500), true, Duration.ZERO);
    assertEquals(LEAST.multipliedBy(8), span.current());
    span.learn(Duration.ofSeconds(7), true, Duration.ofSeconds(400));
    assertEquals(LEAST.multipliedBy(32), span.current());
  }

  @Test
  void letsNoMicroBatchTakeMoreThanHalfAMinuteHoweverFarBehindTheJobIs() {
    learn(5, SECOND, true);
    span.learn(Duration.ofSeconds(31), true, Duration.ofHours(20));
    assertEquals(Duration.ofSeconds(48), span.current());
  }

  /** On a slow cluster a micro-batch takes seconds before the first record is read. */
  @ParameterizedTest
  @ValueSource(ints = { 2, 3, 4, 8, 20 })
  void catchesUpWhereEveryMicroBatchTakesLongerThanItsTrigger(int overheadSeconds) {
    Duration taken = Duration.ofSeconds(overheadSeconds);
    Duration behind = Duration.ofMinutes(10);
    for (int batches = 0; batches < 200 && behind.compareTo(span.current()) > 0; batches++) {
      behind = behind.plus(taken).minus(span.current());
      span.learn(taken, true, Duration.ZERO);
    }
    assertTrue(behind.compareTo(span.current()) <= 0, "still behind by " + behind);
  }

  @Test
  void staysBoundedWhereRecordsComeFasterThanTheyAreRead() {
    for (int batches = 0; batches < 50; batches++) {
      Duration taken = span.current().multipliedBy(3).dividedBy(2);
      assertTrue(taken.compareTo(Duration.ofMinutes(2)) < 0, "a micro-batch of " + taken);
      span.learn(taken, true, Duration.ZERO);
    }
  }
}
