package streamingml.kinesis.model;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.StreamSummary;

/** A stream for producers and operators: put, split, merge, recreate; and the passing of time. */
public final class ModelStream {

  /** Its name. */
  public static final String NAME = "events";

  private static final BigInteger HASH_KEYS = BigInteger.ONE.shiftLeft(128);
  // A record's bytes say nothing to the source: those of one size share them, or a test would need gigabytes.
  private static final Map<Integer, byte[]> DATA = new ConcurrentHashMap<>();

  private final ModelTime time;
  private final Conditions conditions;
  private final Random random;
  private final Map<String, ModelShard> shards = new TreeMap<>();
  private final TreeMap<BigInteger, ModelShard> open = new TreeMap<>();
  private int made;
  private int put;
  private Instant createdAt;

  ModelStream(ModelTime time, Conditions conditions, Random random, int count) {
    this.time = time;
    this.conditions = conditions;
    this.random = random;
    create(count);
  }

  /** Deletes the stream and makes another one of the same name. */
  public void recreate(int count) {
    shards.clear();
    open.clear();
    made = 0;
    create(count);
  }

  private void create(int count) {
    createdAt = time.instant();
    BigInteger width = HASH_KEYS.divide(BigInteger.valueOf(count));
    for (int index = 0; index < count; index++) {
      BigInteger first = width.multiply(BigInteger.valueOf(index));
      BigInteger last = index == count - 1 ? HASH_KEYS : first.add(width);
      make(List.of(), first, last.subtract(BigInteger.ONE));
    }
  }

  /**
   * Puts a record of some size, up to 10 MiB, into the shard of a random key.
   *
   * @return its number
   */
  public SequenceNumber put(int size) {
    return put(new BigInteger(128, random), size);
  }

  /** Puts records of one size into the shards of random keys, and lets time pass after each. */
  public void put(int count, int size, Duration apart) {
    for (int index = 0; index < count; index++) {
      put(size);
      time.advance(apart);
    }
  }

  /** Puts a record into a shard that is open. */
  public SequenceNumber putInto(String shardId, int size) {
    return put(shards.get(shardId).firstHash, size);
  }

  private SequenceNumber put(BigInteger explicitHashKey, int size) {
    ModelShard shard = open.floorEntry(explicitHashKey).getValue();
    Instant now = time.instant();
    StreamRecord record = new StreamRecord(
      nextNumber(shard),
      now.plus(arrivalError()).truncatedTo(ChronoUnit.MILLIS),
      "key-" + put++,
      DATA.computeIfAbsent(size, byte[]::new)
    );
    shard.add(new ModelRecord(record, now));
    return record.sequenceNumber();
  }

  private Duration arrivalError() {
    long most = conditions.disorder.toMillis();
    return Duration.ofMillis(most == 0 ? 0 : random.nextLong(-most, most + 1));
  }

  private SequenceNumber nextNumber(ModelShard shard) {
    // A shard's numbers begin anywhere: nothing may be concluded from comparing them with another's.
    BigInteger before = shard.newest == null ? new BigInteger(180, random) : shard.newest;
    shard.newest = before.add(BigInteger.ONE).add(new BigInteger(random.nextInt(70), random));
    return SequenceNumber.of(shard.newest.toString());
  }

  /** Splits an open shard into two. */
  public void split(String shardId) {
    ModelShard parent = close(shardId);
    BigInteger width = parent.lastHash.subtract(parent.firstHash);
    BigInteger middle = parent.firstHash.add(width.divide(BigInteger.TWO)).add(BigInteger.ONE);
    make(List.of(shardId), parent.firstHash, middle.subtract(BigInteger.ONE));
    make(List.of(shardId), middle, parent.lastHash);
  }

  /**
   * Merges an open shard with the next one.
   *
   * @return whether it has one
   */
  public boolean merge(String shardId) {
    ModelShard left = shards.get(shardId);
    ModelShard right = open.get(left.lastHash.add(BigInteger.ONE));
    if (right == null) {
      return false;
    }
    close(left.id);
    close(right.id);
    make(List.of(left.id, right.id), left.firstHash, right.lastHash);
    return true;
  }

  private ModelShard close(String shardId) {
    ModelShard shard = shards.get(shardId);
    shard.closedAt = time.instant();
    open.remove(shard.firstHash);
    return shard;
  }

  private void make(List<String> parents, BigInteger first, BigInteger last) {
    ModelShard shard = new ModelShard(
      "shardId-%012d".formatted(made++),
      parents,
      first,
      last,
      time.instant()
    );
    shards.put(shard.id, shard);
    open.put(first, shard);
    parents.forEach(parent -> shards.get(parent).children.add(shard.described()));
  }

  /** Lets a closed shard expire, with all its records. */
  public void prune(String shardId) {
    shards.get(shardId).expireBefore(time.instant().plusMillis(1));
  }

  StreamSummary summary() {
    return new StreamSummary(NAME, createdAt, conditions.retention);
  }

  List<Shard> listed() {
    return shards
      .values()
      .stream()
      .map(this::expired)
      .filter(shard -> !shard.pruned)
      .map(ModelShard::described)
      .toList();
  }

  /** A shard as readers find it now; null when the stream does not list it. */
  ModelShard listed(String id) {
    ModelShard shard = shards.get(id);
    return shard == null || expired(shard).pruned ? null : shard;
  }

  private ModelShard expired(ModelShard shard) {
    shard.expireBefore(time.instant().minus(conditions.retention));
    return shard;
  }

  /** Ids of the shards that take records, in the order of their hash keys. */
  public List<String> openShards() {
    return open
      .values()
      .stream()
      .map(shard -> shard.id)
      .toList();
  }

  /** Ids of all shards there ever were. */
  public List<String> allShards() {
    return List.copyOf(shards.keySet());
  }

  /** Whether a shard takes no more records. */
  public boolean isClosed(String shardId) {
    return !shards.get(shardId).isOpen();
  }

  /** Whether readers still find a shard. */
  public boolean isListed(String shardId) {
    return listed(shardId) != null;
  }

  /** Ids of a shard's parents. */
  public List<String> parents(String shardId) {
    return shards.get(shardId).parents;
  }

  /** All records of a shard, also expired ones, in their order. */
  public List<StreamRecord> records(String shardId) {
    return Collections.unmodifiableList(shards.get(shardId).visible);
  }

  /** Index of a record among all records of a shard, also expired ones. */
  public int place(String shardId, SequenceNumber number) {
    return shards.get(shardId).place(number);
  }

  /** When a record of a shard was really put. */
  public Instant putAt(String shardId, int place) {
    return shards.get(shardId).records.get(place).putAt();
  }
}
