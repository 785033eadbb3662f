package streamingml.kinesis.source;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A stream, for Spark's planner. */
final class KinesisTable implements SupportsRead {

  private final SourceOptions options;

  KinesisTable(SourceOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return KinesisRangesProvider.FORMAT + " " + options.connection().stream();
  }

  // Spark's later releases replace it by columns(), which does the same by default.
  @SuppressWarnings("deprecation")
  @Override
  public StructType schema() {
    return RecordRow.SCHEMA;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.MICRO_BATCH_READ);
  }

  /** Spark passes the options of the table. */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap sameOptions) {
    return () -> new KinesisScan(options);
  }
}
