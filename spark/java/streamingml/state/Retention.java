package streamingml.state;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import streamingml.state.StateFileName.Kind;

/** Finds files that no version needs any more. */
final class Retention {

  // A batch that wrote its state and then failed starts once more, from the version before.
  private static final int LEAST_VERSIONS = 2;

  private Retention() {}

  /**
   * Returns the files that none of the newest versions is loaded from.
   *
   * @param versions number of versions to keep; at least 2 are kept
   * @throws IllegalStateException when a file is missing or corrupt
   */
  static List<StateFileName> unneeded(StateFolder folder, int versions) {
    List<StateFileName> all = folder.list();
    long newest = all
      .stream()
      .filter(name -> name.kind() == Kind.DELTA)
      .mapToLong(StateFileName::version)
      .max()
      .orElse(0);
    long oldest = newest - Math.max(versions, LEAST_VERSIONS) + 1;
    if (!all.contains(new StateFileName(oldest, Kind.DELTA))) {
      return List.of();
    }
    LoadPlan plan = LoadPlan.of(folder, oldest);
    Set<StateFileName> needed = new HashSet<>(plan.files());
    needed.add(plan.newest().name());
    // Of the files up to the oldest version, newer versions need only those that the oldest one needs.
    return all
      .stream()
      .filter(name -> name.version() <= oldest && !needed.contains(name))
      .toList();
  }
}
