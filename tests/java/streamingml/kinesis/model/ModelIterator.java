package streamingml.kinesis.model;

import java.time.Instant;

/**
 * The content of an opaque iterator.
 *
 * @param shard the shard
 * @param place next record
 * @param reached time up to which the shard was searched: later records are reached after empty pages
 * @param searched time of AT_TIMESTAMP without a record found so far; null for other iterators
 * @param givenAt when it was given; it is valid for five minutes
 */
record ModelIterator(
  ModelShard shard,
  int place,
  Instant reached,
  Instant searched,
  Instant givenAt
) {}
