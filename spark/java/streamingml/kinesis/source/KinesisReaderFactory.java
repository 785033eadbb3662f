package streamingml.kinesis.source;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import streamingml.kinesis.sdk.SdkStreamClient;

/**
 * Creates readers on the executors.
 *
 * @param connection which stream, and where
 */
record KinesisReaderFactory(StreamConnection connection) implements PartitionReaderFactory {
  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new KinesisPartitionReader(
      SdkStreamClient.forReading(connection.stream(), connection.region(), connection.endpoint()),
      connection.stream(),
      ((KinesisInputPartition) partition).ranges()
    );
  }
}
