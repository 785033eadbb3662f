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
 * Puts the shards into the order in which this source reads them: a child after its parents. The former connectors read
 * both at the same time, so a child may stand anywhere while its parent still has unread records. It keeps its place
 * and waits; were it not among the offsets, it would be begun anew when its parent ends.
 */
final class Lineage {

  private final Map<String, List<String>> parents = new HashMap<>();
  private final Set<String> followed;
  private final Map<String, Set<String>> ancestors = new HashMap<>();
  private final Map<String, Position> positions;

  /**
   * Adds the shards without a position to those that have one. One that lies between two the connector has read is
   * finished: it is not known that anything of it is unread, and reading it again would double it.
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
   * Returns the shards that are read or wait, and the finished ones that keep others from being begun anew.
   *
   * @param stoppedAt when the connector stopped; what it has not begun by then holds nothing older
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

  /** Ancestors that are not read to their end, and finished ones on the way to them. */
  private List<String> waitsFor(String id) {
    if (positions.get(id) instanceof Position.End) {
      return List.of();
    }
    return ancestors(id)
      .stream()
      .filter(ancestor -> isUnfinished(ancestor) || isAwaited(ancestor))
      .toList();
  }

  /** Whether an ancestor is not read to its end. */
  private boolean isAwaited(String id) {
    return positions.containsKey(id) && ancestors(id).stream().anyMatch(this::isUnfinished);
  }

  private boolean isUnfinished(String id) {
    return positions.containsKey(id) && !(positions.get(id) instanceof Position.End);
  }

  /** Whether a shard is listed without any that follows it: they are still to be found. */
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
