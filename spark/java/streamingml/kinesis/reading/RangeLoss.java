package streamingml.kinesis.reading;

import streamingml.kinesis.planning.RangeEnd;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.stream.DataLossException;
import streamingml.kinesis.stream.SequenceNumber;

/** The messages about ranges that cannot be read any more. */
final class RangeLoss {

  private static final String WAY_OUT =
    "What has expired cannot be read again: raise the stream's retention period, and begin with a new job.generation.";

  private final String stream;
  private final ShardRange range;

  RangeLoss(String stream, ShardRange range) {
    this.stream = stream;
    this.range = range;
  }

  /** The range should start with one record, and Kinesis returned another one. */
  DataLossException beginsWith(SequenceNumber received) {
    return loss(
      "was expected to begin with record %s, but began with record %s",
      range.from(),
      received
    );
  }

  /** Kinesis did not return the first record of the range. */
  DataLossException isEmpty() {
    return loss(
      "was expected to begin with record %s, but Kinesis has no record there",
      range.from()
    );
  }

  /** The range should end at one record, and Kinesis returned a later one without it. */
  DataLossException endsWith(SequenceNumber received) {
    return loss("was expected to end %s, but record %s came without it", endName(), received);
  }

  /** Kinesis did not return the last record of the range. */
  DataLossException endMissing(SequenceNumber last) {
    return loss("was expected to end %s, but nothing came after record %s", endName(), last);
  }

  /** The stream no longer has the shard. */
  DataLossException shardMissing() {
    return loss(
      "was expected to begin with record %s, but the stream has no such shard",
      range.from()
    );
  }

  private String endName() {
    if (range.end() instanceof RangeEnd.Through through) {
      return "with record " + through.last();
    }
    if (range.end() instanceof RangeEnd.Before before) {
      return "before record " + before.first();
    }
    return "with the shard";
  }

  private DataLossException loss(String problem, Object... facts) {
    return new DataLossException(
      "The planned range of shard %s of stream \"%s\" ".formatted(range.shardId(), stream) +
        problem.formatted(facts) +
        ". " +
        WAY_OUT
    );
  }
}
