package streamingml.kinesis.offset.former;

import java.util.Map;

/**
 * An offset as a former connector writes it into Spark's offset log: where its micro-batch <em>began</em>. Where it
 * ended stands in the files of its shards.
 *
 * @param connector who wrote it
 * @param stream name of the stream
 * @param batch the connector's own number of the micro-batch, from 0
 * @param shards by shard id
 */
record FormerOffset(
  FormerConnector connector,
  String stream,
  long batch,
  Map<String, FormerShard> shards
) {}
