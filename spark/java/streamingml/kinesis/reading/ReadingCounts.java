package streamingml.kinesis.reading;

/**
 * The cost of reading a range so far.
 *
 * @param calls calls of GetShardIterator and GetRecords, including refused ones
 * @param records records of the range
 * @param bytes bytes of these records
 * @param fetchedBytes bytes that Kinesis sent, including records after the range
 */
public record ReadingCounts(long calls, long records, long bytes, long fetchedBytes) {
  /** Before anything was read. */
  public static final ReadingCounts NONE = new ReadingCounts(0, 0, 0, 0);

  /** Both together. */
  public ReadingCounts plus(ReadingCounts other) {
    return new ReadingCounts(
      calls + other.calls,
      records + other.records,
      bytes + other.bytes,
      fetchedBytes + other.fetchedBytes
    );
  }

  ReadingCounts withCall() {
    return new ReadingCounts(calls + 1, records, bytes, fetchedBytes);
  }

  ReadingCounts withFetched(long more) {
    return new ReadingCounts(calls, records, bytes, fetchedBytes + more);
  }

  ReadingCounts withRecord(long size) {
    return new ReadingCounts(calls, records + 1, bytes + size, fetchedBytes);
  }
}
