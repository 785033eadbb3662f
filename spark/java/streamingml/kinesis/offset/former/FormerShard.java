package streamingml.kinesis.offset.former;

/**
 * A position in a shard, as both former connectors write it.
 *
 * @param iteratorType TRIM_HORIZON, AFTER_SEQUENCE_NUMBER and SHARD_END; with other starting positions than this
 *     project's also LATEST, AT_TIMESTAMP and AT_SEQUENCE_NUMBER
 * @param iteratorPosition the sequence number or timestamp, empty if the type needs none
 * @param isComplete false where the micro-batch ended between two events of one aggregated record
 */
record FormerShard(String iteratorType, String iteratorPosition, boolean isComplete) {
  /** Whether the shard was closed and read to its end, according to the connector. */
  boolean isEnd() {
    return iteratorType.equals("SHARD_END");
  }
}
