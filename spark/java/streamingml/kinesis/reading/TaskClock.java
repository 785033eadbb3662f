package streamingml.kinesis.reading;

import java.time.Duration;

/** The clock of a task, which can wait. */
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

  /** Time since a fixed point; monotonic. */
  Duration elapsed();

  /**
   * Waits.
   *
   * @throws InterruptedException the task must end
   */
  void pause(Duration duration) throws InterruptedException;
}
