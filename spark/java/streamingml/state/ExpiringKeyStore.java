package streamingml.state;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreCustomMetric;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.StateStoreMetrics;
import org.apache.spark.sql.execution.streaming.state.UnsafeRowPair;
import scala.collection.Iterator;

/**
 * The changes of one task, from one version of the state to the next. Used by one thread, until
 * {@link #commit} or {@link #abort}; afterwards the keys belong to the next task.
 */
final class ExpiringKeyStore implements StateStore {

  private enum Stage {
    OPEN,
    COMMITTED,
    ABORTED,
  }

  private final ExpiringKeyStateStoreProvider provider;
  private final StateVersion base;
  private final UnsafeRow found = Rows.ofLongs(1);
  private StateStoreMetrics committedMetrics;
  private volatile Stage stage = Stage.OPEN;

  /**
   * Starts from a version, whose keys then belong to this store.
   *
   * @param provider writes what is committed
   */
  ExpiringKeyStore(ExpiringKeyStateStoreProvider provider, StateVersion base) {
    this.provider = provider;
    this.base = base;
  }

  @Override
  public StateStoreId id() {
    return provider.stateStoreId();
  }

  /** Returns the version this store started from. */
  @Override
  public long version() {
    return base.number();
  }

  /** Returns when a key expires, in a row that is reused, or null for an unknown key. */
  @Override
  public UnsafeRow get(UnsafeRow key) {
    return Rows.expiry(keys(), key, found);
  }

  /**
   * Adds a key at the end of the queue; does nothing if it exists with the same value.
   *
   * @throws UnsupportedOperationException when the key exists with another value
   */
  @Override
  public void put(UnsafeRow key, UnsafeRow value) {
    ExpiringKeys keys = keys();
    long high = Rows.withoutNull(key).getLong(0);
    long low = key.getLong(1);
    long expiresAt = Rows.withoutNull(value).getLong(0);
    long known = keys.addIfAbsent(high, low, expiresAt);
    if (known != KeyTable.ABSENT && keys.expiresAt(known) != expiresAt) {
      throw new UnsupportedOperationException(
        (
          "The state store in %s expects that a key keeps its value, but received key (%d, %d)" +
          " with value %d, which is there with value %d."
        ).formatted(folder(), high, low, expiresAt, keys.expiresAt(known))
      );
    }
  }

  /**
   * Removes the oldest key.
   *
   * @throws UnsupportedOperationException for any other key
   */
  @Override
  public void remove(UnsafeRow key) {
    ExpiringKeys keys = keys();
    long high = key.getLong(0);
    long low = key.getLong(1);
    if (keys.size() == 0 || !keys.isFirst(high, low)) {
      throw new UnsupportedOperationException(
        (
          "The state store in %s expects that only its oldest key is removed, but received key" +
          " (%d, %d)."
        ).formatted(folder(), high, low)
      );
    }
    keys.removeFirst();
  }

  /** Returns the keys, oldest first, up to the first one that is not removed. */
  @Override
  public Iterator<UnsafeRowPair> iterator() {
    return new KeyPairIterator(keys(), true);
  }

  @Override
  public Iterator<UnsafeRowPair> prefixScan(UnsafeRow prefix) {
    throw Rows.noPrefixScan(folder());
  }

  /**
   * Writes the next version and returns its number.
   *
   * @throws IllegalStateException when it could not be written; the changes are lost
   */
  @Override
  public long commit() {
    keys().removeFromIndex();
    StateStoreMetrics metrics = currentMetrics(keys());
    stage = Stage.ABORTED;
    try {
      long next = provider.commit(this, base).number();
      committedMetrics = metrics;
      stage = Stage.COMMITTED;
      return next;
    } catch (IOException problem) {
      throw new IllegalStateException(
        "Version %d of the state store in %s could not be written: %s".formatted(
          base.number() + 1,
          folder(),
          problem.getMessage()
        ),
        problem
      );
    }
  }

  /** Discards the changes. */
  @Override
  public void abort() {
    if (stage == Stage.OPEN) {
      stage = Stage.ABORTED;
      provider.release(this);
    }
  }

  /** Returns the number of keys and the memory they take; after a commit, those at its time. */
  @Override
  public StateStoreMetrics metrics() {
    return committedMetrics != null ? committedMetrics : currentMetrics(keys());
  }

  @Override
  public boolean hasCommitted() {
    return stage == Stage.COMMITTED;
  }

  private Path folder() {
    return id().storeCheckpointLocation();
  }

  private ExpiringKeys keys() {
    if (stage != Stage.OPEN) {
      throw new IllegalStateException(
        (
          "The state store in %s at version %d was committed or aborted and cannot be used any" +
          " more."
        ).formatted(folder(), base.number())
      );
    }
    return base.keys();
  }

  private static StateStoreMetrics currentMetrics(ExpiringKeys keys) {
    return new StateStoreMetrics(
      keys.size(),
      keys.memoryBytes(),
      scala.collection.immutable.Map$.MODULE$.<StateStoreCustomMetric, Object>empty()
    );
  }
}
