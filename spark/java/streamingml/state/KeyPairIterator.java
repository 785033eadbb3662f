package streamingml.state;

import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.streaming.state.UnsafeRowPair;
import scala.collection.AbstractIterator;

/** Yields keys and their expiry times, oldest first, in a pair of rows that is reused. */
final class KeyPairIterator extends AbstractIterator<UnsafeRowPair> {

  private final ExpiringKeys keys;
  private final boolean untilKept;
  private final UnsafeRow key = Rows.ofLongs(2);
  private final UnsafeRow value = Rows.ofLongs(1);
  private final UnsafeRowPair pair = new UnsafeRowPair(key, value);
  private long next;

  /**
   * Starts at the oldest key.
   *
   * @param untilKept whether to end after the first pair that was not removed once it was yielded
   */
  KeyPairIterator(ExpiringKeys keys, boolean untilKept) {
    this.keys = keys;
    this.untilKept = untilKept;
    next = keys.removedTotal();
  }

  @Override
  public boolean hasNext() {
    return next < keys.addedTotal() && (!untilKept || next == keys.removedTotal());
  }

  @Override
  public UnsafeRowPair next() {
    if (!hasNext()) {
      throw new NoSuchElementException("There are no further keys.");
    }
    key.setLong(0, keys.high(next));
    key.setLong(1, keys.low(next));
    value.setLong(0, keys.expiresAt(next));
    next++;
    return pair;
  }
}
