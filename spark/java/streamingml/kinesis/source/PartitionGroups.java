package streamingml.kinesis.source;

import java.util.ArrayList;
import java.util.List;

/** Distributes ranges to partitions. */
final class PartitionGroups {

  private PartitionGroups() {}

  /**
   * Returns groups whose sizes differ by at most one, none of them empty; the same ones for the same arguments.
   *
   * @param ranges in the order of their shards. Neighbours come from one split and have similar load, so they are put into
   *     different groups
   * @param most maximum number of groups, 1 or more
   */
  static <T> List<List<T>> of(List<T> ranges, int most) {
    int groups = Math.min(most, ranges.size());
    List<List<T>> dealt = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      dealt.add(new ArrayList<>());
    }
    for (int index = 0; index < ranges.size(); index++) {
      dealt.get(index % groups).add(ranges.get(index));
    }
    return dealt;
  }
}
