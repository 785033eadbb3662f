package streamingml.kinesis.source;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;

/** A query's reading of a stream. */
final class KinesisScan implements Scan {

  private final SourceOptions options;

  KinesisScan(SourceOptions options) {
    this.options = options;
  }

  @Override
  public StructType readSchema() {
    return RecordRow.SCHEMA;
  }

  @Override
  public String description() {
    return KinesisRangesProvider.FORMAT + " " + options.connection().stream();
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    return new KinesisMicroBatchStream(options, checkpointLocation);
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return TaskMetrics.supported();
  }
}
