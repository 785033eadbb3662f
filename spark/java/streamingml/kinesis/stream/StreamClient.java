package streamingml.kinesis.stream;

import java.util.List;

/**
 * The calls of the source to one Kinesis stream. Thread-safe. Every method may throw {@link UnavailableException}, after
 * which a retry may succeed, and {@link StreamException}, after which it does not.
 */
public interface StreamClient {
  /** Describes the stream. */
  StreamSummary summary();

  /** All shards the stream lists: open ones, and closed ones until their records have expired. */
  List<Shard> shards();

  /**
   * Gets an iterator, which can be used for five minutes.
   *
   * @throws FutureTimestampException the start is a time that Kinesis's clock has not reached
   * @throws UnknownShardException the shard is no longer listed
   */
  String iterator(String shardId, IteratorStart start);

  /**
   * Reads one page.
   *
   * @param limit maximum records, 1 to 10,000; Kinesis returns at most 10 MiB
   * @throws ExpiredIteratorException the iterator is older than five minutes
   * @throws UnknownShardException the shard is no longer listed
   */
  Page records(String iterator, int limit);
}
