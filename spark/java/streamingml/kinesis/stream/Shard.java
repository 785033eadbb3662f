package streamingml.kinesis.stream;

import java.util.List;

/**
 * A shard as ListShards or, of children, GetRecords describes it.
 *
 * @param id such as {@code shardId-000000000002}
 * @param parents ids of the shards it was made of: none, one (split) or two (merge). A parent may be gone
 */
public record Shard(String id, List<String> parents) {
  public Shard {
    parents = List.copyOf(parents);
  }
}
