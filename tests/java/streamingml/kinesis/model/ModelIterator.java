package streamingml.kinesis.model;

import java.time.Instant;

/**
 * What stands behind an opaque iterator.
 *
 * @param shard the shard
 * @param place next record
 * @param reached up to when the shard was looked through: what lies long behind takes empty pages to reach
 * @param searched moment of AT_TIMESTAMP that no record was found for yet; null for other iterators
 * @param givenAt when it was given; it is valid for five minutes
 */
record ModelIterator(
  ModelShard shard,
  int place,
  Instant reached,
  Instant searched,
  Instant givenAt
) {}
