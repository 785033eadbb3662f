package streamingml.kinesis.source;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark's provider of the format {@value #FORMAT}: a Kinesis data stream, read in micro-batches whose ranges are known
 * before they are read. Its options are those of {@link SourceOptions}, its columns those of {@link RecordRow}.
 */
public final class KinesisRangesProvider implements TableProvider, DataSourceRegister {

  /** Name of the format. */
  public static final String FORMAT = "kinesis-ranges";

  /** Creates it as Spark does. */
  public KinesisRangesProvider() {}

  @Override
  public String shortName() {
    return FORMAT;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return RecordRow.SCHEMA;
  }

  /**
   * Returns the stream as a table, without a call to Kinesis.
   *
   * @throws IllegalArgumentException options are missing or wrong; the message names all of them
   */
  @Override
  public Table getTable(
    StructType schema,
    Transform[] partitioning,
    Map<String, String> properties
  ) {
    return new KinesisTable(SourceOptions.of(new CaseInsensitiveStringMap(properties)));
  }
}
