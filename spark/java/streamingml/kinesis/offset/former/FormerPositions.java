package streamingml.kinesis.offset.former;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The micro-batches of a checkpoint: Spark's two logs, and the files of a former connector. */
public interface FormerPositions {
  /**
   * A micro-batch that was started.
   *
   * @param number its number in Spark's offset log
   * @param offset the source's offset there
   */
  record Begun(long number, String offset) {}

  /**
   * A micro-batch that was completed.
   *
   * @param number its number in Spark's commit log
   * @param at when it was completed
   */
  record Committed(long number, Instant at) {}

  /** The newest micro-batch of the offset log. */
  Optional<Begun> newestBegun();

  /** The newest micro-batch of the commit log. */
  Optional<Committed> newestCommitted();

  /**
   * Numbers of the micro-batches with files of a connector, in any order.
   *
   * @param folder the connector's folder, below the source's folder
   */
  List<Long> batches(String folder);

  /** Ids of the shards with a file of a micro-batch; empty if there are none. */
  List<String> shards(String folder, long batch);

  /** Text of a shard's file; it must exist. */
  String shardFile(String folder, long batch, String shardId);
}
