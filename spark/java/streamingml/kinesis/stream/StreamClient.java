package streamingml.kinesis.stream;

import java.util.List;

/**
 * What the source asks of one Kinesis stream. Safe for use by several threads. Every method may throw {@link
 * UnavailableException}, which passes by waiting, and {@link StreamException}, which does not.
 */
public interface StreamClient {
  /** Describes the stream. */
  StreamSummary summary();

  /** All shards the stream lists: open ones, and closed ones until their records have expired. */
  List<Shard> shards();

  /**
   * Gets an iterator, which can be used for five minutes.
   *
   * @throws FutureTimestampException a moment was asked for that Kinesis's clock has not reached
   * @throws UnknownShardException the shard is no longer listed
   */
  String iterator(String shardId, IteratorStart start);

  /**
   * Reads one page.
   *
   * @param limit most records, 1 to 10,000; Kinesis returns 10 MiB at most whatever the limit
   * @throws ExpiredIteratorException the iterator is older than five minutes
   * @throws UnknownShardException the shard is no longer listed
   */
  Page records(String iterator, int limit);
}
