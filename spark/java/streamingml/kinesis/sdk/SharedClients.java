package streamingml.kinesis.sdk;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import streamingml.relocated.software.amazon.awssdk.core.exception.SdkException;

/**
 * The AWS SDK's clients of this JVM, one pair per location: they are expensive to build, and thread-safe. They are never
 * closed, because a query that ends does not know whether others use them.
 */
final class SharedClients {

  private static final ConcurrentMap<Location, FutureTask<KinesisClients>> ALL =
    new ConcurrentHashMap<>();

  private SharedClients() {}

  /** Starts to build the clients in the background, if that was not done before. */
  static void prepare(Location location) {
    begun(location);
  }

  /**
   * Returns the clients when they are built.
   *
   * @throws SdkException they cannot be built; the next call tries again
   * @throws InterruptedException this thread must end
   */
  static KinesisClients get(Location location) throws InterruptedException {
    FutureTask<KinesisClients> task = begun(location);
    try {
      return task.get();
    } catch (ExecutionException error) {
      ALL.remove(location, task);
      if (error.getCause() instanceof SdkException problem) {
        throw problem;
      }
      throw new IllegalStateException("AWS's Kinesis client cannot be built.", error.getCause());
    }
  }

  private static FutureTask<KinesisClients> begun(Location location) {
    return ALL.computeIfAbsent(location, SharedClients::begin);
  }

  private static FutureTask<KinesisClients> begin(Location location) {
    FutureTask<KinesisClients> task = new FutureTask<>(() -> KinesisClients.build(location));
    Thread thread = new Thread(task, "kinesis-client");
    thread.setDaemon(true);
    // The caller's class loader may not have the SDK's classes, and the SDK loads its parts with it.
    thread.setContextClassLoader(SharedClients.class.getClassLoader());
    thread.start();
    return task;
  }
}
