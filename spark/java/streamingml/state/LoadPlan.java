package streamingml.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import streamingml.state.StateFileName.Kind;

/**
 * The files one version of the state is loaded from.
 *
 * @param newest header of the version's own delta
 * @param files segments, then deltas, in the order of their keys
 */
record LoadPlan(StateFileHeader newest, List<StateFileName> files) {
  /**
   * Reads the headers that are needed to find the files.
   *
   * @param version 1 or more
   * @throws IllegalStateException when a file is missing or corrupt
   */
  static LoadPlan of(StateFolder folder, long version) {
    StateFileHeader newest = folder.header(new StateFileName(version, Kind.DELTA));
    List<StateFileName> files = new ArrayList<>();
    long segment = newest.segment();
    long segmentEnd = newest.segmentEnd();
    while (segmentEnd > newest.removedTotal()) {
      StateFileHeader header = folder.header(new StateFileName(segment, Kind.SEGMENT));
      if (header.end() != segmentEnd) {
        String problem =
          "it was expected to end before key number %d, but ends before number %d".formatted(
            segmentEnd,
            header.end()
          );
        throw folder.unusable(header.name(), problem, null);
      }
      files.add(header.name());
      segment = header.segment();
      segmentEnd = header.segmentEnd();
    }
    Collections.reverse(files);
    LongStream.rangeClosed(newest.segment() + 1, version)
      .mapToObj(each -> new StateFileName(each, Kind.DELTA))
      .forEach(files::add);
    return new LoadPlan(newest, files);
  }
}
