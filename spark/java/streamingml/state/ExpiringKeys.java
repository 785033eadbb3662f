package streamingml.state;

/**
 * The state in memory: a queue of keys with expiry times, and an index to find them.
 *
 * <p>It takes 16 bytes per key in the queue and 8 / load bytes in the index, whose load is between 0.3
 * and 0.6: 29 to 43 bytes per key, and temporarily another 13 while the index doubles. Runs of keys
 * that expire together take 16 bytes each. Not thread-safe.
 */
final class ExpiringKeys {

  private final KeyQueue queue;
  private final KeyTable table;
  private final ExpiryRuns runs = new ExpiryRuns();
  private long removedTotal;

  /**
   * Creates a state without keys.
   *
   * @param removedTotal number of keys that were removed before
   * @param expectedKeys number of keys to allocate memory for
   */
  ExpiringKeys(long removedTotal, long expectedKeys) {
    this.removedTotal = removedTotal;
    queue = new KeyQueue(removedTotal);
    table = new KeyTable(queue, expectedKeys);
  }

  /** Returns the number of keys removed over the life of the state: the oldest key's index. */
  long removedTotal() {
    return removedTotal;
  }

  /** Returns the number of keys added over the life of the state: the next key's index. */
  long addedTotal() {
    return queue.end();
  }

  /** Returns the number of keys. */
  long size() {
    return queue.end() - removedTotal;
  }

  /** Returns the index of a key, or {@link KeyTable#ABSENT}. */
  long find(long high, long low) {
    removeFromIndex();
    return table.find(high, low);
  }

  /** Returns the first half of the key at an index. */
  long high(long index) {
    return queue.high(index);
  }

  /** Returns the second half of the key at an index. */
  long low(long index) {
    return queue.low(index);
  }

  /** Returns whether this is the oldest key; there must be one. */
  boolean isFirst(long high, long low) {
    return queue.holds(removedTotal, high, low);
  }

  /** Returns when the key at an index expires, in microseconds since 1970. */
  long expiresAt(long index) {
    return runs.expiresAt(index);
  }

  /** Returns the index after the last neighbour that expires together with the key at an index. */
  long endOfRun(long index) {
    return runs.endOfRun(index, queue.end());
  }

  /** Returns the number of runs of keys that expire together, among those from an index on. */
  long runsFrom(long index) {
    long count = 0;
    for (long at = index; at < queue.end(); at = endOfRun(at)) {
      count++;
    }
    return count;
  }

  /**
   * Adds a key that is absent at the end of the queue.
   *
   * @param expiresAt microseconds since 1970
   * @return {@link KeyTable#ABSENT}, or the index of the existing key
   */
  long addIfAbsent(long high, long low, long expiresAt) {
    removeFromIndex();
    long index = queue.end();
    long known = table.addIfAbsent(high, low, index);
    if (known == KeyTable.ABSENT) {
      runs.add(index, expiresAt);
      queue.add(high, low);
    }
    return known;
  }

  /** Removes the oldest key; there must be one. */
  void removeFirst() {
    removedTotal++;
    runs.removeBelow(removedTotal, queue.end());
  }

  /**
   * Removes the removed keys from the index. They have no effect before that, but their slots are
   * anywhere in memory: in one tight loop the processor fetches several at a time.
   */
  void removeFromIndex() {
    while (queue.first() < removedTotal) {
      long index = queue.first();
      table.remove(queue.high(index), queue.low(index), index);
      queue.removeFirst();
    }
  }

  /** Returns what the state takes in memory, in bytes. */
  long memoryBytes() {
    return queue.memoryBytes() + table.memoryBytes() + runs.memoryBytes();
  }
}
