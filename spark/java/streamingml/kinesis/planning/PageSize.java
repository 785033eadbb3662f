package streamingml.kinesis.planning;

import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.StreamRecord;

/** How many records to ask for, so that planning reads little whatever the size of a shard's records. */
final class PageSize {

  private static final long PAGE_BYTES = 256 * 1024;
  private static final int MOST_RECORDS = 1000;

  /** Weight of the newest page in the average. */
  private static final double NEWEST = 0.3;

  private double averageBytes = 1024;

  /** Records of one page. */
  int limit() {
    return limit(PAGE_BYTES);
  }

  /** Records that together hold about so many bytes, 1 to 1,000. */
  int limit(long bytes) {
    return (int) Math.max(1, Math.min(MOST_RECORDS, bytes / averageBytes));
  }

  /** Learns from a page. */
  void learn(Page page) {
    if (!page.records().isEmpty()) {
      long bytes = page.records().stream().mapToLong(StreamRecord::bytes).sum();
      double average = Math.max(1, (double) bytes / page.records().size());
      averageBytes += NEWEST * (average - averageBytes);
    }
  }
}
