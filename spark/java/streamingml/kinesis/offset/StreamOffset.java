package streamingml.kinesis.offset;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a stream has been planned: the end of one micro-batch and the start of the next.
 *
 * @param stream name of the stream
 * @param streamCreatedAt when it was created, so that positions are never used for a later stream with the same name
 * @param shards by shard id, in the order of the ids: shards that are read, shards that wait for their parents, and
 *     finished ones until their children are read
 */
public record StreamOffset(
  String stream,
  Instant streamCreatedAt,
  Map<String, ShardOffset> shards
) {
  public StreamOffset {
    shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
  }
}
