package streamingml.state;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Finds the keys of a {@link KeyQueue}: an open addressing table with linear probing.
 *
 * <p>A slot is one number, a tag of 32 bits from the key's hash above the lower 32 bits of the
 * key's index; 0 is an empty slot. The key itself is in the queue and is compared only if the tags
 * are equal, so that a missing key usually costs one memory access. The upper bits of the tag are the
 * slot that a key belongs to, so that growing and removing do not access keys.
 *
 * <p>It takes 8 bytes per slot; between 30 % and 60 % of the slots are in use after the table has grown,
 * which is 13 to 27 bytes per key. It does not shrink. Not thread-safe.
 */
public final class KeyTable {

  /** The result of {@link #find} for a missing key. */
  public static final long ABSENT = -1;

  private static final int LEAST_BITS = 4;
  private static final int MOST_BITS = 30;

  private final KeyQueue queue;
  private final long highMultiplier;
  private final long lowMultiplier;
  private long[] slots;
  private int shift;
  private int size;

  /**
   * Creates an empty table with a random hash, so that nobody can choose keys that collide.
   *
   * @param queue where the keys are
   * @param expectedKeys number of keys to allocate memory for, 0 or more
   */
  public KeyTable(KeyQueue queue, long expectedKeys) {
    this(queue, expectedKeys, new SecureRandom());
  }

  private KeyTable(KeyQueue queue, long expectedKeys, SecureRandom random) {
    this(queue, expectedKeys, random.nextLong() | 1, random.nextLong() | 1);
  }

  /**
   * Creates an empty table with a known hash: the upper half of the sum of both products.
   *
   * @param queue where the keys are
   * @param expectedKeys number of keys to allocate memory for, 0 or more
   * @param highMultiplier factor of a key's first half
   * @param lowMultiplier factor of a key's second half
   */
  public KeyTable(KeyQueue queue, long expectedKeys, long highMultiplier, long lowMultiplier) {
    this.queue = queue;
    this.highMultiplier = highMultiplier;
    this.lowMultiplier = lowMultiplier;
    int bits = LEAST_BITS;
    while (bits < MOST_BITS && mostKeys(1 << bits) < expectedKeys) {
      bits++;
    }
    allocate(bits);
  }

  /** Returns the index of a key in the queue, or {@link #ABSENT}. */
  public long find(long high, long low) {
    long slot = slots[positionOf(tag(high, low), high, low)];
    return slot == 0 ? ABSENT : index((int) slot);
  }

  /**
   * Adds a key that is absent.
   *
   * @param index index of the key in the queue
   * @return {@link #ABSENT}, or the index of the key that is there already
   * @throws IllegalStateException when the table cannot grow any more, above 644 million keys
   */
  public long addIfAbsent(long high, long low, long index) {
    int tag = tag(high, low);
    int position = positionOf(tag, high, low);
    if (slots[position] != 0) {
      return index((int) slots[position]);
    }
    if (size >= mostKeys(slots.length)) {
      grow();
      position = positionOf(tag, high, low);
    }
    slots[position] = slot(tag, index);
    size++;
    return ABSENT;
  }

  /**
   * Removes a key.
   *
   * @param index of the key in the queue
   * @throws IllegalStateException when the key is not in the table with this index
   */
  public void remove(long high, long low, long index) {
    int mask = slots.length - 1;
    int tag = tag(high, low);
    long slot = slot(tag, index);
    int hole = tag >>> shift;
    while (slots[hole] != slot) {
      if (slots[hole] == 0) {
        throw new IllegalStateException(
          "The key at index " + index + " was expected in the table, but is not there."
        );
      }
      hole = (hole + 1) & mask;
    }
    int next = (hole + 1) & mask;
    while (slots[next] != 0) {
      int home = (int) (slots[next] >>> 32) >>> shift;
      // A key whose slot is after the hole must not be moved before its slot.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        slots[hole] = slots[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    slots[hole] = 0;
    size--;
  }

  /** Returns what the table takes in memory, in bytes. */
  public long memoryBytes() {
    return (long) slots.length * Long.BYTES;
  }

  private int positionOf(int tag, long high, long low) {
    int mask = slots.length - 1;
    int position = tag >>> shift;
    for (long slot = slots[position]; slot != 0; slot = slots[position]) {
      if ((int) (slot >>> 32) == tag && queue.holds(index((int) slot), high, low)) {
        return position;
      }
      position = (position + 1) & mask;
    }
    return position;
  }

  private void place(long slot) {
    int mask = slots.length - 1;
    int position = (int) (slot >>> 32) >>> shift;
    while (slots[position] != 0) {
      position = (position + 1) & mask;
    }
    slots[position] = slot;
  }

  private void grow() {
    int bits = Integer.numberOfTrailingZeros(slots.length) + 1;
    if (bits > MOST_BITS) {
      throw new IllegalStateException(
        "One state store has at most " +
          mostKeys(slots.length) +
          " keys, and this one is full. Start a new checkpoint generation with more" +
          " shuffle partitions."
      );
    }
    long[] old = slots;
    allocate(bits);
    Arrays.stream(old)
      .filter(slot -> slot != 0)
      .forEach(this::place);
  }

  private void allocate(int bits) {
    slots = new long[1 << bits];
    shift = Integer.SIZE - bits;
  }

  private int tag(long high, long low) {
    // The lowest bit is set so that no slot in use is 0.
    return (int) ((high * highMultiplier + low * lowMultiplier) >>> 32) | 1;
  }

  private long index(int lowerBits) {
    long first = queue.first();
    return first + Integer.toUnsignedLong(lowerBits - (int) first);
  }

  private static long slot(int tag, long index) {
    return ((long) tag << 32) | (index & 0xFFFF_FFFFL);
  }

  private static long mostKeys(int slots) {
    return (slots * 6L) / 10;
  }
}
