package streamingml.kinesis.sdk;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import streamingml.relocated.software.amazon.awssdk.core.exception.SdkException;

/**
 * The AWS SDK's clients of this virtual machine, one pair a location: they are costly to build, and safe for use by all
 * queries and tasks. Never closed, because a query that ends does not know who else uses them.
 */
final class SharedClients {

  private static final ConcurrentMap<Location, FutureTask<KinesisClients>> ALL =
    new ConcurrentHashMap<>();

  private SharedClients() {}

  /** Begins to build the clients in the background, unless that was done before. */
  static void prepare(Location location) {
    begun(location);
  }

  /**
   * Returns the clients, once they are there.
   *
   * @throws SdkException they cannot be built; the next call tries again
   * @throws InterruptedException somebody wants this thread to end
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
    // Whoever asks first may have a class loader that does not know the SDK, which looks for its parts with it.
    thread.setContextClassLoader(SharedClients.class.getClassLoader());
    thread.start();
    return task;
  }
}
