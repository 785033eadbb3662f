package streamingml.state;

/**
 * Keys of 128 bits in the order in which they were added. A key is addressed by its index, which counts
 * the keys added over the life of the state and so never changes.
 *
 * <p>It takes 16 bytes per key, in chunks of 128 KiB: growing copies no key, and a chunk is released
 * as soon as its last key was removed. Not thread-safe.
 */
public final class KeyQueue {

  private static final int CHUNK_BITS = 13;
  private static final int KEYS_PER_CHUNK = 1 << CHUNK_BITS;
  private static final int BYTES_PER_CHUNK = KEYS_PER_CHUNK * 2 * Long.BYTES;

  private long[][] chunks = new long[4][];
  private long chunksInUse;
  private long first;
  private long end;

  /**
   * Creates an empty queue.
   *
   * @param first index of the key added next, 0 or more
   */
  public KeyQueue(long first) {
    this.first = first;
    this.end = first;
  }

  /** Returns the index of the oldest key; equal to {@link #end} when there is none. */
  public long first() {
    return first;
  }

  /** Returns the index of the key added next. */
  public long end() {
    return end;
  }

  /** Returns the first half of the key at an index from {@link #first} to below {@link #end}. */
  public long high(long index) {
    return chunks[position(index)][offset(index)];
  }

  /** Returns the second half of the key at an index from {@link #first} to below {@link #end}. */
  public long low(long index) {
    return chunks[position(index)][offset(index) + 1];
  }

  /** Returns whether the key at an index from {@link #first} to below {@link #end} is this one. */
  public boolean holds(long index, long high, long low) {
    long[] chunk = chunks[position(index)];
    int offset = offset(index);
    return chunk[offset] == high && chunk[offset + 1] == low;
  }

  /** Adds a key at the end. */
  public void add(long high, long low) {
    int position = position(end);
    if (first == end || offset(end) == 0) {
      position = positionOfNewChunk();
    }
    int offset = offset(end);
    chunks[position][offset] = high;
    chunks[position][offset + 1] = low;
    end++;
  }

  /** Removes the oldest key; there must be one. */
  public void removeFirst() {
    int position = position(first);
    first++;
    if (first == end || offset(first) == 0) {
      chunks[position] = null;
      chunksInUse--;
    }
  }

  /** Returns what the keys take in memory, in bytes. */
  public long memoryBytes() {
    return chunksInUse * BYTES_PER_CHUNK + (long) chunks.length * Long.BYTES;
  }

  private int positionOfNewChunk() {
    if ((end >>> CHUNK_BITS) - (first >>> CHUNK_BITS) >= chunks.length) {
      growDirectory();
    }
    int position = position(end);
    chunks[position] = new long[KEYS_PER_CHUNK * 2];
    chunksInUse++;
    return position;
  }

  private void growDirectory() {
    long[][] old = chunks;
    chunks = new long[old.length * 2][];
    for (long chunk = first >>> CHUNK_BITS; chunk < end >>> CHUNK_BITS; chunk++) {
      chunks[(int) (chunk & (chunks.length - 1))] = old[(int) (chunk & (old.length - 1))];
    }
  }

  private int position(long index) {
    return (int) ((index >>> CHUNK_BITS) & (chunks.length - 1));
  }

  private static int offset(long index) {
    return (int) (index & (KEYS_PER_CHUNK - 1)) * 2;
  }
}
