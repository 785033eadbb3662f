package streamingml.kinesis.reading;

import java.time.Duration;

/** Time as a task sees it: it passes, and can be waited for. */
public interface TaskClock {
  /** The clock of this machine. */
  TaskClock SYSTEM = new TaskClock() {
    @Override
    public Duration elapsed() {
      return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      Thread.sleep(duration.toMillis());
    }
  };

  /** Time since some moment that stays the same; never goes back. */
  Duration elapsed();

  /**
   * Waits.
   *
   * @throws InterruptedException the task is to end
   */
  void pause(Duration duration) throws InterruptedException;
}
