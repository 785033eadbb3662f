package streamingml.kinesis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartitionGroupsPropertyTest {

  @Property
  void dealsEachRangeToOneGroupAndNoGroupMuchMore(
    @ForAll @IntRange(max = 300) int ranges,
    @ForAll @IntRange(min = 1, max = 100) int most
  ) {
    List<Integer> all = IntStream.range(0, ranges).boxed().toList();
    List<List<Integer>> groups = PartitionGroups.of(all, most);
    assertEquals(Math.min(ranges, most), groups.size());
    assertEquals(all, groups.stream().flatMap(List::stream).sorted().toList());
    for (List<Integer> group : groups) {
      assertTrue(
        group.size() == ranges / groups.size() || group.size() == ranges / groups.size() + 1
      );
    }
    assertEquals(groups, PartitionGroups.of(all, most));
  }
}
