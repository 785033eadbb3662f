package streamingml.kinesis.source;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that call several shards at the same time. There is one pool per JVM: a restarted query uses it again, and Spark
 * does not report the end of the last query. Idle threads end, and no thread keeps the driver running.
 */
final class PlanningThreads {

  /** With these a thousand shards are planned in less than a second. */
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
