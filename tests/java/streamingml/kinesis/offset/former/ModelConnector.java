package streamingml.kinesis.offset.former;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.stream.Shard;

/**
 * EMR's connector as its ShardSyncer, KinesisV2MicrobatchStream and KinesisV2PartitionReader read a stream and write
 * down how far: of tag v1.4.2, or of branches 1.4.3 and 2.0.0, which drop a shard that is closed.
 */
final class ModelConnector {

  private static final String FOLDER = "shard-source";

  private final ModelKinesis kinesis;
  private final boolean dropsClosedShards;
  private final Random random;
  private final RecordedCheckpoint checkpoint = new RecordedCheckpoint();
  /** The shards of the newest micro-batch, and their ends. */
  private Map<String, String> newest = new TreeMap<>();
  private final Map<String, Integer> read = new TreeMap<>();
  private String offset;
  private long batch = -1;

  ModelConnector(ModelKinesis kinesis, boolean dropsClosedShards, Random random) {
    this.kinesis = kinesis;
    this.dropsClosedShards = dropsClosedShards;
    this.random = random;
  }

  /** Reads a micro-batch, at most some records of each shard. */
  void run(int mostRecords) {
    Map<String, String> starts = starts();
    batch++;
    offset =
      "{\"metadata\":{\"streamName\":\"events\",\"batchId\":\"" +
      batch +
      "\"}" +
      starts
        .entrySet()
        .stream()
        .map(start -> ",\"" + start.getKey() + "\":" + start.getValue())
        .collect(Collectors.joining()) +
      "}";
    checkpoint.log(batch, offset, batch);
    newest = new TreeMap<>();
    starts.forEach((shard, start) -> {
      String end = read(shard, start, random.nextInt(mostRecords + 1));
      newest.put(shard, end);
      checkpoint.file(FOLDER, batch, shard, end);
    });
  }

  private Map<String, String> starts() {
    Map<String, String> starts = new TreeMap<>(newest);
    Map<String, Shard> listed = kinesis
      .shards()
      .stream()
      .collect(Collectors.toMap(Shard::id, shard -> shard));
    Set<String> open = new HashSet<>(kinesis.stream().openShards());
    if (dropsClosedShards) {
      starts.keySet().retainAll(open);
    }
    for (String shard : open) {
      if (!newest.containsKey(shard)) {
        addAncestors(shard, listed, starts);
        starts.put(shard, position("TRIM_HORIZON", ""));
      }
    }
    if (dropsClosedShards) {
      starts.keySet().retainAll(open);
    }
    starts.values().removeIf(position -> position.contains("SHARD_END"));
    return starts;
  }

  private void addAncestors(String shard, Map<String, Shard> listed, Map<String, String> starts) {
    for (String parent : listed.get(shard).parents()) {
      if (listed.containsKey(parent) && !newest.containsKey(parent)) {
        addAncestors(parent, listed, starts);
        starts.putIfAbsent(parent, position("TRIM_HORIZON", ""));
      }
    }
  }

  private String read(String shard, String start, int most) {
    int all = kinesis.stream().records(shard).size();
    int begin = read.getOrDefault(shard, 0);
    int end = Math.min(all, begin + most);
    read.put(shard, end);
    if (end - begin < most && kinesis.stream().isClosed(shard)) {
      return position("SHARD_END", "");
    }
    return end == begin
      ? start
      : position(
          "AFTER_SEQUENCE_NUMBER",
          kinesis
            .stream()
            .records(shard)
            .get(end - 1)
            .sequenceNumber()
            .toString()
        );
  }

  private static String position(String type, String place) {
    return """
    {"iteratorType":"%s","iteratorPosition":"%s","subSequenceNumber":-1,"isLast":true}""".formatted(
      type,
      place
    );
  }

  /** Removes files of all but the newest micro-batches. */
  void purge(int batches) {
    checkpoint.purge(FOLDER, batch - batches + 1);
  }

  /** How many records of each shard were read. */
  Map<String, Integer> read() {
    return read;
  }

  /** Shards that still have a file. */
  Set<String> remembered() {
    return checkpoint
      .batches(FOLDER)
      .stream()
      .map(number -> checkpoint.shards(FOLDER, number))
      .flatMap(List::stream)
      .collect(Collectors.toSet());
  }

  /** The newest offset in Spark's log. */
  String offset() {
    return offset;
  }

  /** The stream it reads. */
  ModelStream stream() {
    return kinesis.stream();
  }

  /** The files of its checkpoint. */
  RecordedCheckpoint checkpoint() {
    return checkpoint;
  }
}
