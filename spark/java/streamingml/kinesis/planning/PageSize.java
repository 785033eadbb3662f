package streamingml.kinesis.planning;

import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.StreamRecord;

/** The number of records per page, so that planning reads few bytes for any size of records. */
final class PageSize {

  private static final long FIRST_PAGE_BYTES = 256 * 1024;
  private static final int FIRST_PAGE_RECORDS = 1000;

  /** Bytes of each page towards the newest record. */
  private static final long PAGE_TO_TIP_BYTES = 512 * 1024;

  /** Maximum limit of GetRecords. */
  private static final int MOST_RECORDS = 10_000;

  /** Weight of the newest page in the average. */
  private static final double NEWEST = 0.3;

  private double averageBytes = 1024;

  /** Records of the first page, 1 to 1,000. */
  int firstPage() {
    return Math.min(FIRST_PAGE_RECORDS, limit(FIRST_PAGE_BYTES));
  }

  /** Records of a further page, 1 to 10,000, so that a backlog of small records is read in few pages. */
  int pageToTip() {
    return limit(PAGE_TO_TIP_BYTES);
  }

  private int limit(long bytes) {
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
