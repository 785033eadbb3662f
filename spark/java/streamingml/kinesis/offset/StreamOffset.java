package streamingml.kinesis.offset;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a stream has been planned: the end of one micro-batch and the start of the next.
 *
 * @param stream name of the stream
 * @param streamCreatedAt when it was made, so that positions are never taken for those of a later stream of that name
 * @param shards by shard id, in the order of the ids: shards being read, shards that wait for their parents, and
 *     finished ones until their children have begun
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
