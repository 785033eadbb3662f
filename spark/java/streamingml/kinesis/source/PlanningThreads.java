package streamingml.kinesis.source;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that ask shards at the same time. One pool for the virtual machine: a query that restarts makes no new one,
 * and Spark does not say when the last one has ended. Idle threads end by themselves, and none keeps the driver alive.
 */
final class PlanningThreads {

  /** A thousand shards are planned in less than a second with so many. */
  private static final int MOST = 64;

  private static final long IDLE_SECONDS = 30;
  private static final AtomicInteger MADE = new AtomicInteger();

  static final Executor SHARED = shared();

  private PlanningThreads() {}

  private static Executor shared() {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
      MOST,
      MOST,
      IDLE_SECONDS,
      TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(),
      task -> {
        Thread thread = new Thread(task, "kinesis-planning-" + MADE.incrementAndGet());
        thread.setDaemon(true);
        return thread;
      }
    );
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
