package streamingml.kinesis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.planning.ModelQuery.Delivered;

/** The records that a query has read: each exactly once and in order, and parents before children. */
final class ReadRecords {

  private final ModelStream stream;
  /** How many records of each shard were read; the first ones may have expired before the query began. */
  private final Map<String, Integer> read = new TreeMap<>();
  private final Map<String, Integer> begins = new TreeMap<>();

  ReadRecords(ModelStream stream) {
    this.stream = stream;
  }

  /** Adds records of a shard, and requires that they continue after the previous ones. */
  void add(Delivered delivered) {
    String shard = delivered.range().shardId();
    int first = stream.place(shard, delivered.records().get(0).sequenceNumber());
    if (!read.containsKey(shard)) {
      begins.put(shard, first);
      stream.parents(shard).forEach(parent -> assertParentIsRead(shard, parent));
    }
    assertEquals(read.getOrDefault(shard, first), first, shard + " continues where it stopped");
    int end = first + delivered.records().size();
    assertEquals(stream.records(shard).subList(first, end), delivered.records());
    read.put(shard, end);
  }

  private void assertParentIsRead(String shard, String parent) {
    if (stream.isListed(parent)) {
      assertEquals(
        stream.records(parent).size(),
        count(parent),
        () -> shard + " began before its parent " + parent + " was read"
      );
    }
  }

  /** Requires that no shard goes back from one offset to the next. */
  void assertGoesOn(StreamOffset start, StreamOffset end) {
    start.shards().forEach((id, shard) -> {
      if (end.shards().containsKey(id)) {
        Position position = end.shards().get(id).position();
        assertTrue(
          place(id, position) >= place(id, shard.position()),
          () -> id + " goes back from " + shard + " to " + position
        );
      }
    });
  }

  private int place(String shardId, Position position) {
    if (position instanceof Position.After after) {
      return stream.place(shardId, after.sequenceNumber()) + 1;
    }
    if (position instanceof Position.At at) {
      return stream.place(shardId, at.sequenceNumber());
    }
    return position instanceof Position.End ? Integer.MAX_VALUE : 0;
  }

  /** Whether anything of a shard was read. */
  boolean holds(String shardId) {
    return read.containsKey(shardId);
  }

  /** How many records of a shard were read or skipped. */
  int count(String shardId) {
    return read.getOrDefault(shardId, 0);
  }

  /** How many records of a shard had expired, or were about to, when it was first read. */
  int skipped(String shardId) {
    return begins.getOrDefault(shardId, 0);
  }

  /** How many records wait. */
  int unread() {
    return stream.allShards().stream().mapToInt(this::unread).sum();
  }

  /** How many records of a shard wait. */
  int unread(String shardId) {
    return stream.records(shardId).size() - count(shardId);
  }
}
