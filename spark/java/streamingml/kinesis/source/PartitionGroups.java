package streamingml.kinesis.source;

import java.util.ArrayList;
import java.util.List;

/** Deals ranges out to partitions. */
final class PartitionGroups {

  private PartitionGroups() {}

  /**
   * Returns groups that differ by one range at most, none of them empty; the same ones for the same arguments.
   *
   * @param ranges in the order of their shards. Neighbours come from one split and carry alike, so they are parted
   * @param most number of groups, 1 or more
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
