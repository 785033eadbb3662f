package streamingml.kinesis.source;

import org.apache.spark.sql.connector.read.streaming.Offset;
import streamingml.kinesis.offset.OffsetJson;
import streamingml.kinesis.offset.StreamOffset;

/** An offset as Spark stores it. Spark compares the text. */
final class KinesisOffset extends Offset {

  private final StreamOffset value;
  private final String json;

  KinesisOffset(StreamOffset value) {
    this.value = value;
    json = OffsetJson.write(value);
  }

  /** Its content. */
  StreamOffset value() {
    return value;
  }

  @Override
  public String json() {
    return json;
  }
}
