package streamingml.kinesis.offset.former;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a former connector with the position of each shard, one per micro-batch and shard. */
final class ShardFiles {

  private final FormerConnector connector;
  private final FormerPositions positions;

  ShardFiles(FormerConnector connector, FormerPositions positions) {
    this.connector = connector;
    this.positions = positions;
  }

  /**
   * Reads the newest file of each shard, of all micro-batches that still have files.
   *
   * <p>Shards that the newest micro-batch does not name matter, too. A shard leaves the offsets when it was read to its
   * end: its newest file says so. From 1.4.3 on EMR's connector also drops it as soon as it is closed, read or not: its
   * newest file has the position of the rest. So only its file decides whether a shard is finished.
   *
   * @param batch the newest micro-batch; files of later ones are ignored
   * @throws IllegalArgumentException a file is damaged
   */
  Map<String, FormerShard> newestUntil(long batch) {
    Map<String, FormerShard> newest = new TreeMap<>();
    List<Long> batches = positions
      .batches(connector.folder)
      .stream()
      .filter(number -> number <= batch)
      .sorted(Comparator.reverseOrder())
      .toList();
    for (long number : batches) {
      for (String shardId : positions.shards(connector.folder, number)) {
        newest.computeIfAbsent(shardId, id -> read(number, id));
      }
    }
    return newest;
  }

  private FormerShard read(long batch, String shardId) {
    String file = connector.folder + "/" + batch + "/" + shardId;
    try {
      return FormerJson.readShardFile(positions.shardFile(connector.folder, batch, shardId));
    } catch (IllegalArgumentException error) {
      throw new IllegalArgumentException(
        "its file " + file + " is damaged (" + error.getMessage() + ")",
        error
      );
    }
  }
}
