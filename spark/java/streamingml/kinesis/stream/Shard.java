package streamingml.kinesis.stream;

import java.util.List;

/**
 * A shard, as ListShards or (for children) GetRecords describes it.
 *
 * @param id such as {@code shardId-000000000002}
 * @param parents ids of the shards that it was made from: none, one (split) or two (merge). A parent may have expired
 */
public record Shard(String id, List<String> parents) {
  public Shard {
    parents = List.copyOf(parents);
  }
}
