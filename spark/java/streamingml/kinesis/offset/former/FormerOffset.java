package streamingml.kinesis.offset.former;

import java.util.Map;

/**
 * An offset as a former connector writes it into Spark's offset log: the <em>start</em> of its micro-batch. The files of
 * its shards have the end.
 *
 * @param connector the connector that wrote it
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
