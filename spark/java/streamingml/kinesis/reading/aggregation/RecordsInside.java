package streamingml.kinesis.reading.aggregation;

import java.util.AbstractList;
import java.util.RandomAccess;
import streamingml.kinesis.stream.StreamRecord;

/** The records inside an aggregated one. Their data is copied on access, so that only the outer one is in memory. */
final class RecordsInside extends AbstractList<StreamRecord> implements RandomAccess {

  private final StreamRecord outer;
  private final AggregatedMessage message;

  RecordsInside(StreamRecord outer, AggregatedMessage message) {
    this.outer = outer;
    this.message = message;
  }

  @Override
  public StreamRecord get(int index) {
    return new StreamRecord(
      outer.sequenceNumber(),
      outer.arrivedAt(),
      message.partitionKey(index),
      message.data(index)
    );
  }

  @Override
  public int size() {
    return message.size();
  }
}
