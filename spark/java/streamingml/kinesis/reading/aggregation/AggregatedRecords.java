package streamingml.kinesis.reading.aggregation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import streamingml.kinesis.stream.StreamRecord;

/**
 * Unpacks records into which the Kinesis Producer Library (KPL) has packed several. They have a magic number of four bytes
 * at the start and the MD5 digest of the message at the end (KPL, {@code aggregation-format.md}).
 *
 * <p>All records inside are returned, even those whose hash key belongs to another shard. That happens if the KPL packed
 * them for a shard that was split since; it then sends those records again, so the Kinesis Client Library drops them,
 * with all others of the same aggregated record. But the KPL does not send the others again, and other producers of this
 * format send none again. Lost records cannot be recovered; de-duplication removes records that were sent twice.
 */
public final class AggregatedRecords {

  private static final byte[] MARK = { (byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2 };
  private static final int DIGEST_BYTES = 16;

  private AggregatedRecords() {}

  /**
   * Returns the records inside a record, each with the sequence number and the arrival time of the outer one; their data is
   * copied on access. A record that only looks like an aggregated one, or that is empty, is returned itself.
   */
  public static List<StreamRecord> of(StreamRecord record) {
    byte[] data = record.data();
    if (!isMarked(data)) {
      return List.of(record);
    }
    int messageBytes = data.length - MARK.length - DIGEST_BYTES;
    if (!hasDigest(data, messageBytes)) {
      return List.of(record);
    }
    try {
      AggregatedMessage message = AggregatedMessage.read(data, MARK.length, messageBytes);
      return message.size() == 0 ? List.of(record) : new RecordsInside(record, message);
    } catch (IOException error) {
      return List.of(record);
    }
  }

  private static boolean isMarked(byte[] data) {
    return (
      data.length > MARK.length + DIGEST_BYTES &&
      Arrays.equals(data, 0, MARK.length, MARK, 0, MARK.length)
    );
  }

  private static boolean hasDigest(byte[] data, int messageBytes) {
    ByteBuffer digest = ByteBuffer.wrap(data, MARK.length + messageBytes, DIGEST_BYTES);
    return ByteBuffer.wrap(digest(data, messageBytes)).equals(digest);
  }

  private static byte[] digest(byte[] data, int messageBytes) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(data, MARK.length, messageBytes);
      return md5.digest();
    } catch (NoSuchAlgorithmException error) {
      throw new IllegalStateException(
        "This Java runtime has no MD5, which every Java runtime must have.",
        error
      );
    }
  }
}
