package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.ModelQuery.Delivered;

/**
 * Whatever producers, operators, Kinesis, clocks and machines do, short of letting unread records expire. The
 * system property {@code jqwik.tries.default} tries more sequences than a build does.
 */
final class StreamPlannerPropertyTest {

  private static final int STEPS = 40;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(8);

  private static final Duration MOST_DISORDER = Duration.ofSeconds(30);
  private static final int PAGES = 3;
  private static final int PAGE_RECORDS = 1_000;

  /** Plannings without progress while old records wait: empty pages, throttled calls. */
  private static final int MOST_FRUITLESS = 40;

  @Property(shrinking = ShrinkingMode.OFF)
  void eachRecordIsInOneRange(@ForAll long seed) throws InterruptedException {
    Random random = new Random(seed);
    ModelTime time = new ModelTime();
    Conditions conditions = conditions(random);
    ModelKinesis kinesis = new ModelKinesis(time, conditions, seed, 1 + random.nextInt(3));
    Duration span = Duration.ofSeconds(1 + random.nextInt(20));
    PlannerOptions options = new PlannerOptions(span, Duration.ofSeconds(1));
    ModelQuery query = new ModelQuery(kinesis, time, options, clockError(random));
    if (random.nextBoolean()) {
      for (int step = 0; step < 20; step++) {
        disturb(kinesis.stream(), time, random);
      }
    }
    query.start();
    for (int step = 0; step < STEPS; step++) {
      disturb(kinesis.stream(), time, random);
      int triggers = random.nextInt(3);
      for (int index = 0; index < triggers; index++) {
        time.advance(Duration.ofMillis(random.nextInt(3_000)));
        assertBounded(query.trigger(), query.longestSpan());
      }
      if (random.nextInt(20) == 0) {
        query.setClock(clockError(random));
      }
      if (random.nextInt(10) == 0) {
        query.start();
      }
      pruneWhatWasRead(kinesis.stream(), query, random);
    }
    readTheRest(query, time);
  }

  /** A range covers its span by arrival times, or has the records of a few pages. */
  private static void assertBounded(List<Delivered> batch, Duration span) {
    for (Delivered delivered : batch) {
      Instant first = delivered.records().get(0).arrivedAt();
      boolean isCut = delivered.range().end() instanceof RangeEnd.Before;
      if (isCut || delivered.records().size() > PAGES * PAGE_RECORDS) {
        Instant end = first.plus(span).plus(MOST_DISORDER.multipliedBy(2));
        delivered
          .records()
          .forEach(record ->
            assertFalse(record.arrivedAt().isAfter(end), () -> "" + delivered.range())
          );
      }
    }
  }

  private static Conditions conditions(Random random) {
    return new Conditions()
      .retention(Duration.ofDays(365))
      .callTime(Duration.ofMillis(random.nextInt(50)))
      .disorder(
        Duration.ofMillis(random.nextInt(2) * random.nextLong(MOST_DISORDER.toMillis() + 1))
      )
      .emptyStretch(Duration.ofMinutes(1 + random.nextInt(30)))
      .emptyPageOneIn(random.nextInt(2) * (2 + random.nextInt(8)))
      .shortPageOneIn(random.nextInt(2) * 3)
      .throttledOneIn(random.nextInt(2) * 4)
      .networkErrorOneIn(random.nextInt(2) * 10)
      .quotas(random.nextBoolean())
      .refusalTellsTime(random.nextBoolean());
  }

  private static Duration clockError(Random random) {
    return Duration.ofMillis(random.nextLong(-600_000, 600_001));
  }

  private static void disturb(ModelStream stream, ModelTime time, Random random) {
    List<String> open = stream.openShards();
    String shard = open.get(random.nextInt(open.size()));
    switch (random.nextInt(12)) {
      case 0 -> stream.split(shard);
      case 1 -> stream.merge(shard);
      case 2 -> time.advance(Duration.ofMillis(random.nextLong(LONGEST_PAUSE.toMillis())));
      case 3 -> put(stream, time, random, 1 + random.nextInt(4), 24);
      case 4 -> put(stream, time, random, 1 + random.nextInt(1_500), 11);
      default -> put(stream, time, random, random.nextInt(50), 14);
    }
  }

  private static void put(ModelStream stream, ModelTime time, Random random, int count, int bits) {
    int pause = 1 << random.nextInt(10);
    for (int index = 0; index < count; index++) {
      stream.put(1 << random.nextInt(bits));
      time.advance(Duration.ofMillis(random.nextInt(pause)));
    }
  }

  private static void pruneWhatWasRead(ModelStream stream, ModelQuery query, Random random) {
    for (String shard : stream.allShards()) {
      boolean isDone = query.isDone(shard);
      if (isDone && random.nextInt(4) == 0) {
        stream.prune(shard);
      }
    }
  }

  private static void readTheRest(ModelQuery query, ModelTime time) throws InterruptedException {
    int fruitless = 0;
    while (query.unread() > 0) {
      time.advance(Duration.ofSeconds(1));
      fruitless = query.trigger().isEmpty() ? fruitless + 1 : 0;
      assertTrue(
        fruitless < MOST_FRUITLESS,
        () -> query.unread() + " unread records are not planned"
      );
    }
    query.assertEverythingIsRead();
  }
}
