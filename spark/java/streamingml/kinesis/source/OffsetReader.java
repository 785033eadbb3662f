package streamingml.kinesis.source;

import org.apache.spark.sql.SparkSession;
import streamingml.kinesis.offset.OffsetJson;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.offset.former.FormerOffsets;
import streamingml.kinesis.stream.StreamClient;

/** Reads the offsets of a checkpoint: this source's own, and those of the connectors it takes over from. */
final class OffsetReader {

  private final String stream;
  private final StreamClient client;
  private final FormerOffsets formerOffsets;

  /**
   * Creates it; nothing is read yet.
   *
   * @param stream the current stream
   * @param client of that stream
   * @param checkpointLocation the folder Spark gives the source
   */
  OffsetReader(String stream, StreamClient client, String checkpointLocation) {
    this.stream = stream;
    this.client = client;
    formerOffsets = new FormerOffsets(
      new HadoopFormerPositions(
        checkpointLocation,
        SparkSession.active().sparkContext().hadoopConfiguration()
      )
    );
  }

  /**
   * Reads an offset.
   *
   * @throws IllegalArgumentException it is damaged, has another version or belongs to another stream, or it is of a former
   *     connector and the end of its micro-batch is unknown
   */
  StreamOffset read(String json) {
    StreamOffset offset = FormerOffsets.isFormer(json)
      ? formerOffsets.read(json, client.summary().createdAt(), client::shards)
      : OffsetJson.read(json);
    if (!offset.stream().equals(stream)) {
      throw new IllegalArgumentException(
        "The checkpoint's offset is of stream %s, and the job reads stream %s: name that stream, or begin with a new job.generation.".formatted(
          offset.stream(),
          stream
        )
      );
    }
    return offset;
  }
}
