package streamingml.state;

import java.io.IOException;
import streamingml.state.StateFileName.Kind;

/**
 * One committed version of the state, in memory. The next version changes its keys; after that, this
 * version must be loaded again.
 *
 * @param number 0 for the state without keys
 * @param keys the keys
 * @param addedTotal number of keys added up to this version
 * @param segment version of the newest segment, 0 for none
 * @param segmentEnd index after the last key of that segment, 0 for none
 */
record StateVersion(
  long number,
  ExpiringKeys keys,
  long addedTotal,
  long segment,
  long segmentEnd
) {
  /**
   * Loads a version.
   *
   * @param number 0 or more
   * @throws IllegalStateException when a file is missing or corrupt
   */
  static StateVersion load(StateFolder folder, long number) {
    if (number == 0) {
      return new StateVersion(0, new ExpiringKeys(0, 0), 0, 0, 0);
    }
    LoadPlan plan = LoadPlan.of(folder, number);
    StateFileHeader newest = plan.newest();
    long removedTotal = newest.removedTotal();
    ExpiringKeys keys = new ExpiringKeys(removedTotal, newest.end() - removedTotal);
    plan.files().forEach(file -> folder.addTo(keys, file));
    return new StateVersion(number, keys, newest.end(), newest.segment(), newest.segmentEnd());
  }

  /**
   * Writes the changed keys as the next version.
   *
   * @param segmentInterval number of versions from one segment to the next, 1 or more
   * @throws IOException when a file could not be written; the next version then does not exist
   */
  StateVersion commit(StateFolder folder, int segmentInterval) throws IOException {
    long next = number + 1;
    long nextSegment = segment;
    long nextSegmentEnd = segmentEnd;
    if (next - segment >= segmentInterval) {
      folder.write(header(next, Kind.SEGMENT, segmentEnd, segment, segmentEnd), keys);
      nextSegment = next;
      nextSegmentEnd = keys.addedTotal();
    }
    // Written last, because a version exists when this file does.
    folder.write(header(next, Kind.DELTA, addedTotal, nextSegment, nextSegmentEnd), keys);
    return new StateVersion(next, keys, keys.addedTotal(), nextSegment, nextSegmentEnd);
  }

  private StateFileHeader header(
    long version,
    Kind kind,
    long from,
    long segmentBefore,
    long segmentBeforeEnd
  ) {
    long first = Math.max(from, keys.removedTotal());
    return new StateFileHeader(
      new StateFileName(version, kind),
      keys.removedTotal(),
      first,
      keys.addedTotal() - first,
      keys.runsFrom(first),
      segmentBefore,
      segmentBeforeEnd
    );
  }
}
