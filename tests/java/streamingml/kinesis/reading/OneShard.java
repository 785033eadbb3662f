package streamingml.kinesis.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import streamingml.kinesis.model.Conditions;
import streamingml.kinesis.model.ModelKinesis;
import streamingml.kinesis.model.ModelStream;
import streamingml.kinesis.model.ModelTime;
import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.StreamRecord;

/** A stream of one shard, and readers of its ranges. */
final class OneShard {

  static final String ID = "shardId-000000000000";

  final ModelTime time = new ModelTime();
  final Conditions conditions = new Conditions();
  final ModelKinesis kinesis = new ModelKinesis(time, conditions, 1, 1);
  final ModelStream stream = kinesis.stream();

  /** Puts records of one size, some time apart; returns all records of the shard. */
  List<StreamRecord> put(int count, int size, Duration apart) {
    stream.put(count, size, apart);
    return stream.records(ID);
  }

  /** Reads the range between a record and an end. */
  RangeReader reader(SequenceNumber from, RangeEnd end) {
    return new RangeReader(kinesis, ModelStream.NAME, new ShardRange(ID, from, end), time);
  }

  /** The end after a record. */
  static RangeEnd through(StreamRecord record) {
    return new RangeEnd.Through(record.sequenceNumber());
  }

  /** The end before a record. */
  static RangeEnd before(StreamRecord record) {
    return new RangeEnd.Before(record.sequenceNumber(), record.arrivedAt());
  }

  /** Everything that a reader gives. */
  static List<StreamRecord> all(RangeReader reader) throws InterruptedException {
    List<StreamRecord> read = new ArrayList<>();
    for (var record = reader.next(); record.isPresent(); record = reader.next()) {
      read.add(record.get());
    }
    return read;
  }
}
