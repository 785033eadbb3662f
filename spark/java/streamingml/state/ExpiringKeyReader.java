package streamingml.state;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.streaming.state.ReadStateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.UnsafeRowPair;
import scala.collection.Iterator;

/** One version of the state, for reading only. */
final class ExpiringKeyReader implements ReadStateStore {

  private final StateStoreId id;
  private final StateVersion version;
  private final UnsafeRow found = Rows.ofLongs(1);

  /**
   * Reads a version that does not change.
   *
   * @param id of the state store
   */
  ExpiringKeyReader(StateStoreId id, StateVersion version) {
    this.id = id;
    this.version = version;
  }

  @Override
  public StateStoreId id() {
    return id;
  }

  @Override
  public long version() {
    return version.number();
  }

  /** Returns when a key expires, in a row that is reused, or null for an unknown key. */
  @Override
  public UnsafeRow get(UnsafeRow key) {
    return Rows.expiry(version.keys(), key, found);
  }

  /** Returns all keys, oldest first. */
  @Override
  public Iterator<UnsafeRowPair> iterator() {
    return new KeyPairIterator(version.keys(), false);
  }

  @Override
  public Iterator<UnsafeRowPair> prefixScan(UnsafeRow prefix) {
    throw Rows.noPrefixScan(id.storeCheckpointLocation());
  }

  /** Does nothing; there is nothing to release. */
  @Override
  public void abort() {}
}
