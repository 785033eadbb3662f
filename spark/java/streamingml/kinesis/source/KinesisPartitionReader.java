package streamingml.kinesis.source;

import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.reading.RangeReader;
import streamingml.kinesis.reading.ReadingCounts;
import streamingml.kinesis.reading.TaskClock;
import streamingml.kinesis.reading.aggregation.AggregatedRecords;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamRecord;

/** Reads a task's ranges, one after another, and unpacks aggregated records. */
final class KinesisPartitionReader implements PartitionReader<InternalRow> {

  private final StreamClient client;
  private final String stream;
  private final RecordRow rows;
  private final Iterator<ShardRange> ranges;
  private RangeReader range;
  private Iterator<StreamRecord> records = Collections.emptyIterator();
  private InternalRow row;
  private ReadingCounts finished = ReadingCounts.NONE;

  KinesisPartitionReader(StreamClient client, String stream, List<ShardRange> ranges) {
    this.client = client;
    this.stream = stream;
    this.ranges = ranges.iterator();
    rows = new RecordRow(stream);
  }

  @Override
  public boolean next() throws InterruptedIOException {
    while (!records.hasNext()) {
      if (range == null && !ranges.hasNext()) {
        return false;
      }
      readOn();
    }
    row = rows.of(records.next());
    return true;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return TaskMetrics.values(range == null ? finished : finished.plus(range.counts()));
  }

  /** The client belongs to the whole JVM. */
  @Override
  public void close() {}

  private void readOn() throws InterruptedIOException {
    if (range == null) {
      range = new RangeReader(client, stream, ranges.next(), TaskClock.SYSTEM);
    }
    Optional<StreamRecord> record = readRecord();
    if (record.isPresent()) {
      records = AggregatedRecords.of(record.get()).iterator();
    } else {
      finished = finished.plus(range.counts());
      range = null;
    }
  }

  private Optional<StreamRecord> readRecord() throws InterruptedIOException {
    try {
      return range.next();
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The task was ended while it waited for Kinesis.");
    } catch (StreamException error) {
      throw Failures.inOneSentence(error);
    }
  }
}
