package streamingml.kinesis.source;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import streamingml.kinesis.planning.ShardRange;

/**
 * The records that one task reads.
 *
 * @param ranges one after the other
 */
record KinesisInputPartition(List<ShardRange> ranges) implements InputPartition {
  KinesisInputPartition {
    ranges = List.copyOf(ranges);
  }
}
