package streamingml.kinesis.planning;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.stream.DataLossException;
import streamingml.kinesis.stream.Shard;

/**
 * The shards that are read, that wait for their parents, and that are finished. A child is read when all its parents were
 * read to their end, so that the order of records with one key is kept; a finished shard stays in the offset until its
 * children are read, so that none is forgotten.
 */
final class ShardGraph {

  private ShardGraph() {}

  /** Offsets of a stream that was never read: all listed shards, from their oldest records. */
  static Map<String, ShardOffset> initial(List<Shard> listed) {
    Set<String> ids = ids(listed);
    Map<String, ShardOffset> shards = new TreeMap<>();
    for (Shard shard : listed) {
      List<String> parents = shard.parents().stream().filter(ids::contains).toList();
      shards.put(shard.id(), ShardOffset.beginning(parents));
    }
    return shards;
  }

  /** Whether a shard is read now. */
  static boolean isActive(ShardOffset shard) {
    return !shard.isFinished() && shard.waitsFor().isEmpty();
  }

  /** Adds the children of shards that have ended; they wait. */
  static void adopt(Map<String, ShardOffset> shards, Collection<Shard> children) {
    children.forEach(child ->
      shards.putIfAbsent(child.id(), ShardOffset.beginning(child.parents()))
    );
  }

  /**
   * Starts shards whose parents are finished, and drops parents that no shard waits for. Only the recorded offset is used:
   * the range that ends a shard must not be dropped with it.
   *
   * @param list all shards of the stream; called only if the offsets are not sufficient
   */
  static void follow(Map<String, ShardOffset> shards, Supplier<Optional<List<Shard>>> list) {
    Set<String> childless = unawaited(shards);
    boolean isUnknownAwaited = !shards.keySet().containsAll(awaited(shards));
    Optional<List<Shard>> listed =
      childless.isEmpty() && !isUnknownAwaited ? Optional.empty() : list.get();
    listed.ifPresent(all -> adoptListed(shards, childless, all));
    release(shards, parent -> listed.map(all -> !ids(all).contains(parent)).orElse(false));
  }

  /** Shards that other shards wait for. */
  static Set<String> awaited(Map<String, ShardOffset> shards) {
    return shards
      .values()
      .stream()
      .flatMap(shard -> shard.waitsFor().stream())
      .collect(Collectors.toSet());
  }

  /** Finished shards without known children, as in another source's checkpoint. */
  private static Set<String> unawaited(Map<String, ShardOffset> shards) {
    Set<String> awaited = awaited(shards);
    return shards
      .entrySet()
      .stream()
      .filter(shard -> shard.getValue().isFinished() && !awaited.contains(shard.getKey()))
      .map(Map.Entry::getKey)
      .collect(Collectors.toSet());
  }

  private static void adoptListed(
    Map<String, ShardOffset> shards,
    Set<String> childless,
    List<Shard> listed
  ) {
    for (String parent : childless) {
      List<Shard> children = listed
        .stream()
        .filter(shard -> shard.parents().contains(parent))
        .toList();
      boolean isListed = listed.stream().anyMatch(shard -> shard.id().equals(parent));
      if (children.isEmpty() && !isListed) {
        throw new DataLossException(
          "Shard " +
            parent +
            " was read to its end, and neither it nor any shard that followed it is listed: records after it have " +
            "expired unread. Begin with a new job.generation, which reads from the oldest record"
        );
      }
      if (
        !children.isEmpty() && children.stream().allMatch(child -> shards.containsKey(child.id()))
      ) {
        shards.remove(parent);
      }
      adopt(shards, children);
    }
  }

  private static void release(Map<String, ShardOffset> shards, Predicate<String> isGone) {
    Set<String> done = new HashSet<>();
    for (Map.Entry<String, ShardOffset> shard : shards.entrySet()) {
      List<String> parents = shard.getValue().waitsFor();
      // A listed shard without an offset will be found by reading its parents.
      if (
        !parents.isEmpty() &&
        parents
          .stream()
          .allMatch(parent ->
            shards.containsKey(parent) ? shards.get(parent).isFinished() : isGone.test(parent)
          )
      ) {
        shard.setValue(
          new ShardOffset(
            shard.getValue().position(),
            Optional.empty(),
            readUntil(shards, parents),
            List.of()
          )
        );
        done.addAll(parents);
      }
    }
    Set<String> unawaited = unawaited(shards);
    done.stream().filter(unawaited::contains).forEach(shards::remove);
  }

  /** Records after the parents' last ones are in the children; all parents were closed at the same time. */
  private static Optional<Instant> readUntil(
    Map<String, ShardOffset> shards,
    List<String> parents
  ) {
    return parents
      .stream()
      .map(shards::get)
      .filter(parent -> parent != null)
      .flatMap(parent -> parent.tipSeenAt().stream())
      .max(Comparator.naturalOrder());
  }

  private static Set<String> ids(List<Shard> shards) {
    return shards.stream().map(Shard::id).collect(Collectors.toSet());
  }
}
