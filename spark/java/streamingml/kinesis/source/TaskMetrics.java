package streamingml.kinesis.source;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import streamingml.kinesis.reading.ReadingCounts;

/** Metrics of tasks in Spark's user interface and event log. Spark creates them by their class. */
public final class TaskMetrics {

  private TaskMetrics() {}

  static CustomMetric[] supported() {
    return new CustomMetric[] { new Calls(), new Records(), new FetchedBytes() };
  }

  static CustomTaskMetric[] values(ReadingCounts counts) {
    return new CustomTaskMetric[] {
      new Value(Calls.NAME, counts.calls()),
      new Value(Records.NAME, counts.records()),
      new Value(FetchedBytes.NAME, counts.fetchedBytes()),
    };
  }

  /** Calls of GetShardIterator and GetRecords. */
  public static final class Calls extends CustomSumMetric {

    static final String NAME = "kinesisCalls";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "calls to Kinesis";
    }
  }

  /** Records of Kinesis; aggregated ones count once. */
  public static final class Records extends CustomSumMetric {

    static final String NAME = "kinesisRecords";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "records of Kinesis, aggregated ones counted once";
    }
  }

  /** Bytes of records that Kinesis sent. */
  public static final class FetchedBytes extends CustomSumMetric {

    static final String NAME = "kinesisFetchedBytes";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "bytes that Kinesis sent, including records after the ranges";
    }
  }

  private record Value(String name, long value) implements CustomTaskMetric {}
}
