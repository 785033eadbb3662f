package streamingml.kinesis.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import streamingml.kinesis.reading.TaskClock;

/** Kinesis's clock, which only advances when a test or a pause advances it. */
public final class ModelTime implements InstantSource, TaskClock {

  /** When every test begins. */
  public static final Instant BEGINNING = Instant.parse("2026-11-29T05:00:00Z");

  private Instant now = BEGINNING;

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Lets time pass. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Duration elapsed() {
    return Duration.between(BEGINNING, instant());
  }

  @Override
  public void pause(Duration duration) {
    advance(duration);
  }
}
