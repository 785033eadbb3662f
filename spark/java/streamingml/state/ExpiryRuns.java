package streamingml.state;

import java.util.Arrays;

/**
 * The expiry times of the keys of a queue. Adjacent keys that expire together are one run, as are all
 * keys of a micro-batch, so this takes 16 bytes per batch. Not thread-safe.
 */
final class ExpiryRuns {

  private long[] starts = new long[16];
  private long[] expiries = new long[16];
  private int from;
  private int to;

  /**
   * Adds a key at the end.
   *
   * @param index one above that of the key added last
   * @param expiresAt microseconds since 1970
   */
  void add(long index, long expiresAt) {
    if (from < to && expiries[to - 1] == expiresAt) {
      return;
    }
    if (to == starts.length) {
      makeRoom();
    }
    starts[to] = index;
    expiries[to] = expiresAt;
    to++;
  }

  /**
   * Forgets the keys below an index.
   *
   * @param end index of the key added next; equal to the other one when no key is left
   */
  void removeBelow(long index, long end) {
    if (index == end) {
      from = 0;
      to = 0;
      return;
    }
    while (from + 1 < to && starts[from + 1] <= index) {
      from++;
    }
  }

  /** Returns when the key at an index expires, in microseconds since 1970. */
  long expiresAt(long index) {
    return expiries[runOf(index)];
  }

  /** Returns the index after the last key that is in one run with the key at this index. */
  long endOfRun(long index, long end) {
    int next = runOf(index) + 1;
    return next == to ? end : Math.min(starts[next], end);
  }

  /** Returns what the runs take in memory, in bytes. */
  long memoryBytes() {
    return 2L * starts.length * Long.BYTES;
  }

  private int runOf(long index) {
    // Eviction needs the oldest keys only.
    if (from + 1 == to || index < starts[from + 1]) {
      return from;
    }
    int found = Arrays.binarySearch(starts, from, to, index);
    return found >= 0 ? found : -found - 2;
  }

  private void makeRoom() {
    int used = to - from;
    int capacity = used > starts.length / 2 ? starts.length * 2 : starts.length;
    starts = Arrays.copyOf(Arrays.copyOfRange(starts, from, to), capacity);
    expiries = Arrays.copyOf(Arrays.copyOfRange(expiries, from, to), capacity);
    from = 0;
    to = used;
  }
}
