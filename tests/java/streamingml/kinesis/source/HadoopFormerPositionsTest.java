package streamingml.kinesis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamingml.kinesis.offset.former.FormerPositions;

/** A checkpoint on disk, with what Spark and Hadoop leave beside the files that count. */
final class HadoopFormerPositionsTest {

  private static final Instant COMMITTED_AT = Instant.parse("2026-11-29T06:00:00.123Z");

  @TempDir
  Path checkpoint;

  private void write(String file, String text) throws IOException {
    Path path = checkpoint.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private FormerPositions positions(int source) {
    String metadataPath = checkpoint
      .resolve("sources/" + source)
      .toUri()
      .toString();
    return new HadoopFormerPositions(metadataPath, new Configuration(false));
  }

  @Test
  void findsTheNewestEntriesOfSparksLogsByNumber() throws IOException {
    write("offsets/9", "v1\n{}\nnine");
    write("offsets/10", "v1\n{}\nten of the first source\nten of the second");
    write("offsets/.11.5d9f.tmp", "v1\n{}\neleven");
    write("commits/8", "v1\n{}");
    write("commits/9", "v1\n{}");
    Files.setLastModifiedTime(checkpoint.resolve("commits/9"), FileTime.from(COMMITTED_AT));
    assertEquals(
      Optional.of(new FormerPositions.Begun(10, "ten of the first source")),
      positions(0).newestBegun()
    );
    assertEquals(
      Optional.of(new FormerPositions.Begun(10, "ten of the second")),
      positions(1).newestBegun()
    );
    assertEquals(
      Optional.of(new FormerPositions.Committed(9, COMMITTED_AT)),
      positions(0).newestCommitted()
    );
  }

  @Test
  void findsNothingInACheckpointThatHoldsNothing() {
    assertEquals(Optional.empty(), positions(0).newestBegun());
    assertEquals(Optional.empty(), positions(0).newestCommitted());
    assertEquals(List.of(), positions(0).batches("shard-source"));
    assertEquals(List.of(), positions(0).shards("shard-source", 7));
  }

  @Test
  void readsTheFilesOfTheShards() throws IOException {
    write("sources/0/shard-source/9/shardId-000000000000", "nine");
    write("sources/0/shard-source/10/shardId-000000000000", "ten");
    write("sources/0/shard-source/10/shardId-000000000001", "ten");
    // As Hadoop leaves it on a local disk.
    write("sources/0/shard-source/10/.shardId-000000000002.crc", "checksum");
    FormerPositions positions = positions(0);
    assertEquals(List.of(9L, 10L), positions.batches("shard-source").stream().sorted().toList());
    assertEquals(
      List.of("shardId-000000000000", "shardId-000000000001"),
      positions.shards("shard-source", 10).stream().sorted().toList()
    );
    assertEquals("nine", positions.shardFile("shard-source", 9, "shardId-000000000000"));
  }
}
