package streamingml.kinesis.offset.former;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.stream.Shard;

/**
 * Orders the shards as this source reads them: a child after its parents. The former connectors read both at the same
 * time, so a child may be at any position while its parent still has unread records. It keeps its position and waits;
 * without an offset it would be read from its beginning when its parent ends.
 */
final class Lineage {

  private final Map<String, List<String>> parents = new HashMap<>();
  private final Set<String> followed;
  private final Map<String, Set<String>> ancestors = new HashMap<>();
  private final Map<String, Position> positions;

  /**
   * Adds the shards without a position to those that have one. A shard between two that the connector has read counts as
   * finished: reading it again would double its records.
   *
   * @param known positions by shard id
   * @param listed all shards of the stream
   */
  Lineage(Map<String, Position> known, List<Shard> listed) {
    listed.forEach(shard -> parents.put(shard.id(), shard.parents()));
    followed = parents.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    positions = new TreeMap<>(known);
    Set<String> passed = known
      .keySet()
      .stream()
      .flatMap(id -> ancestors(id).stream())
      .collect(Collectors.toSet());
    for (Shard shard : listed) {
      positions.putIfAbsent(
        shard.id(),
        passed.contains(shard.id()) ? new Position.End() : new Position.TrimHorizon()
      );
    }
  }

  /**
   * Returns the shards that are read or wait, and the finished ones that are needed so that others are not read again.
   *
   * @param stoppedAt when the connector stopped; shards that it has not started have no older records
   */
  Map<String, ShardOffset> offsets(Instant stoppedAt) {
    Map<String, ShardOffset> offsets = new TreeMap<>();
    positions.forEach((id, position) -> {
      boolean isNew = position instanceof Position.TrimHorizon && !ancestors(id).isEmpty();
      if (!(position instanceof Position.End) || isAwaited(id) || isLast(id)) {
        offsets.put(
          id,
          new ShardOffset(
            position,
            Optional.empty(),
            isNew ? Optional.of(stoppedAt) : Optional.empty(),
            waitsFor(id)
          )
        );
      }
    });
    return offsets;
  }

  /** Ancestors that were not read to their end, and finished ones between. */
  private List<String> waitsFor(String id) {
    if (positions.get(id) instanceof Position.End) {
      return List.of();
    }
    return ancestors(id)
      .stream()
      .filter(ancestor -> isUnfinished(ancestor) || isAwaited(ancestor))
      .toList();
  }

  /** Whether an ancestor was not read to its end. */
  private boolean isAwaited(String id) {
    return positions.containsKey(id) && ancestors(id).stream().anyMatch(this::isUnfinished);
  }

  private boolean isUnfinished(String id) {
    return positions.containsKey(id) && !(positions.get(id) instanceof Position.End);
  }

  /** Whether a shard is listed without a child: its children must still be found. */
  private boolean isLast(String id) {
    return parents.containsKey(id) && !followed.contains(id);
  }

  private Set<String> ancestors(String id) {
    Set<String> known = ancestors.get(id);
    if (known != null) {
      return known;
    }
    Set<String> found = new TreeSet<>();
    List<String> open = new ArrayList<>(parents.getOrDefault(id, List.of()));
    while (!open.isEmpty()) {
      String ancestor = open.remove(open.size() - 1);
      if (found.add(ancestor)) {
        open.addAll(parents.getOrDefault(ancestor, List.of()));
      }
    }
    ancestors.put(id, found);
    return found;
  }
}
