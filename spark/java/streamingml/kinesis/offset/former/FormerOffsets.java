package streamingml.kinesis.offset.former;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.Shard;

/**
 * Continues where a former connector stopped, on its checkpoint: no record is lost or read twice.
 *
 * <p>Only a completed micro-batch has a known end. Everything else is refused, with a message that says what to do.
 * Thread-safe; an offset that was read is cached, because Spark requests it several times.
 */
public final class FormerOffsets {

  private final FormerPositions positions;
  private String lastJson;
  private StreamOffset lastOffset;

  /**
   * Creates it; nothing is read yet.
   *
   * @param positions the checkpoint
   */
  public FormerOffsets(FormerPositions positions) {
    this.positions = positions;
  }

  /** Whether a text of Spark's offset log was written by a former connector. */
  public static boolean isFormer(String json) {
    return FormerJson.isOffset(json);
  }

  /**
   * Returns where the micro-batch ended whose offset a former connector wrote.
   *
   * @param json the offset
   * @param streamCreatedAt when the current stream was created
   * @param shards returns all shards that the stream lists
   * @throws IllegalArgumentException it is not known where the micro-batch ended; the message says why and what to do
   */
  public synchronized StreamOffset read(
    String json,
    Instant streamCreatedAt,
    Supplier<List<Shard>> shards
  ) {
    if (!json.equals(lastJson)) {
      lastOffset = readNew(json, streamCreatedAt, shards);
      lastJson = json;
    }
    return lastOffset;
  }

  private StreamOffset readNew(String json, Instant streamCreatedAt, Supplier<List<Shard>> listed) {
    FormerOffset former = parse(json);
    Refusals refusals = new Refusals(former);
    Instant completedAt = requireCompleted(refusals, streamCreatedAt);
    Map<String, FormerShard> files;
    try {
      files = new ShardFiles(former.connector(), positions).newestUntil(former.batch());
    } catch (IllegalArgumentException error) {
      throw refusals.damaged(error);
    }
    requireFiles(former, files.keySet(), refusals);
    Map<String, Position> known = new TreeMap<>();
    files.forEach((shardId, shard) -> known.put(shardId, position(shardId, shard, refusals)));
    return new StreamOffset(
      former.stream(),
      streamCreatedAt,
      new Lineage(known, listed.get()).offsets(completedAt)
    );
  }

  private static FormerOffset parse(String json) {
    try {
      return FormerJson.readOffset(json);
    } catch (IllegalArgumentException error) {
      throw new IllegalArgumentException(
        "The checkpoint's offset is damaged (" +
          error.getMessage() +
          "): put back an older version of the checkpoint, or begin with a new job.generation.",
        error
      );
    }
  }

  private Instant requireCompleted(Refusals refusals, Instant streamCreatedAt) {
    Optional<FormerPositions.Begun> begun = positions.newestBegun();
    Optional<FormerPositions.Committed> committed = positions.newestCommitted();
    // A later micro-batch that this source has started is planned again unchanged; it starts at the end of the former one.
    boolean formersLast = begun.isPresent() && isFormer(begun.get().offset());
    if (committed.isEmpty() || (formersLast && begun.get().number() > committed.get().number())) {
      throw refusals.underWay(begun.map(FormerPositions.Begun::number).orElse(0L));
    }
    if (committed.get().at().isBefore(streamCreatedAt)) {
      throw refusals.otherStream(committed.get().at(), streamCreatedAt);
    }
    return committed.get().at();
  }

  /** The micro-batch must have a file of every shard that it has read; other shards were read to their end before. */
  private void requireFiles(FormerOffset former, Set<String> anyBatch, Refusals refusals) {
    List<String> ofBatch = positions.shards(former.connector().folder, former.batch());
    former.shards().forEach((shardId, start) -> {
      if (!(start.isEnd() ? anyBatch : ofBatch).contains(shardId)) {
        throw refusals.withoutFile(shardId);
      }
    });
  }

  private static Position position(String shardId, FormerShard shard, Refusals refusals) {
    switch (shard.iteratorType()) {
      case "TRIM_HORIZON":
        return new Position.TrimHorizon();
      case "SHARD_END":
        return new Position.End();
      case "AFTER_SEQUENCE_NUMBER":
        if (!shard.isComplete()) {
          throw refusals.withinRecord(shardId);
        }
        return new Position.After(
          refusals.number(shardId, shard.iteratorPosition()),
          Optional.empty()
        );
      default:
        throw refusals.withoutNumber(shardId, shard.iteratorType());
    }
  }
}
