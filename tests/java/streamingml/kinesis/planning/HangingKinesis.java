package streamingml.kinesis.planning;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamSummary;

/**
 * A stream of which one call is not answered, as on a broken network: it hears no interruption either. As soon as that
 * call waits, the thread of the query is interrupted, as Spark does to stop it.
 */
final class HangingKinesis implements StreamClient {

  /** Names of the calls that were made, with what they asked for. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  private final StreamClient stream;
  private final CountDownLatch answered = new CountDownLatch(1);
  /** Beginning of the name of the call that is to hang; null: none is. */
  private String hanging;
  private Thread query;

  /** Creates it; every call is answered at first. */
  HangingKinesis(StreamClient stream) {
    this.stream = stream;
  }

  /** Leaves the next call unanswered whose name begins so; the thread that says so is the query's. */
  synchronized void hangOnce(String name) {
    query = Thread.currentThread();
    hanging = name;
  }

  /** Answers the call that waits. */
  void answer() {
    answered.countDown();
  }

  @Override
  public StreamSummary summary() {
    begin("summary");
    return stream.summary();
  }

  @Override
  public List<Shard> shards() {
    begin("shards");
    return stream.shards();
  }

  @Override
  public String iterator(String shardId, IteratorStart start) {
    begin("iterator " + shardId);
    return stream.iterator(shardId, start);
  }

  @Override
  public Page records(String iterator, int limit) {
    begin("records " + iterator);
    return stream.records(iterator, limit);
  }

  private void begin(String call) {
    calls.add(call);
    if (!hangs(call)) {
      return;
    }
    while (true) {
      try {
        answered.await();
        return;
      } catch (InterruptedException error) {
        // A read from a socket continues.
      }
    }
  }

  private synchronized boolean hangs(String call) {
    boolean isFirst = hanging != null && call.startsWith(hanging);
    if (isFirst) {
      hanging = null;
      query.interrupt();
    }
    return isFirst;
  }
}
