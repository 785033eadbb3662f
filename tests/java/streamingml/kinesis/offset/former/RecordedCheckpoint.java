package streamingml.kinesis.offset.former;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A checkpoint in memory, with texts of the connectors' own code. */
final class RecordedCheckpoint implements FormerPositions {

  static final Instant STREAM_CREATED_AT = Instant.parse("2026-11-01T00:00:00Z");
  static final Instant COMMITTED_AT = Instant.parse("2026-11-29T06:00:00Z");

  private final Map<String, Map<Long, Map<String, String>>> files = new TreeMap<>();
  private Begun begun;
  private Committed committed;
  private int reads;

  /** Spark's newest entries: what was begun, and the number of what was committed. */
  RecordedCheckpoint log(long number, String offset, long committedNumber) {
    begun = new Begun(number, offset);
    committed = new Committed(committedNumber, COMMITTED_AT);
    return this;
  }

  /** A log of offsets alone: no micro-batch was ever committed. */
  RecordedCheckpoint begunOnly(long number, String offset) {
    begun = new Begun(number, offset);
    committed = null;
    return this;
  }

  /** The file of a shard. */
  RecordedCheckpoint file(String folder, long batch, String shardId, String text) {
    files
      .computeIfAbsent(folder, name -> new TreeMap<>())
      .computeIfAbsent(batch, number -> new TreeMap<>())
      .put(shardId, text);
    return this;
  }

  /** Removes the files of micro-batches before one. */
  void purge(String folder, long first) {
    files
      .getOrDefault(folder, Map.of())
      .keySet()
      .removeIf(batch -> batch < first);
  }

  /** How many files were read. */
  int reads() {
    return reads;
  }

  @Override
  public Optional<Begun> newestBegun() {
    return Optional.ofNullable(begun);
  }

  @Override
  public Optional<Committed> newestCommitted() {
    return Optional.ofNullable(committed);
  }

  @Override
  public List<Long> batches(String folder) {
    return new ArrayList<>(files.getOrDefault(folder, Map.of()).keySet());
  }

  @Override
  public List<String> shards(String folder, long batch) {
    return new ArrayList<>(batch(folder, batch).keySet());
  }

  @Override
  public String shardFile(String folder, long batch, String shardId) {
    reads++;
    return batch(folder, batch).get(shardId);
  }

  private Map<String, String> batch(String folder, long batch) {
    return files.getOrDefault(folder, Map.of()).getOrDefault(batch, Map.of());
  }
}
