package streamingml.kinesis.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import streamingml.kinesis.offset.former.FormerPositions;

/** A checkpoint in whatever file system Hadoop reads. */
final class HadoopFormerPositions implements FormerPositions {

  // In front of the offsets of the sources stand the version of the log and Spark's metadata.
  private static final int LINES_BEFORE_OFFSETS = 2;

  private final Path source;
  private final Configuration configuration;

  /**
   * Creates it; nothing is read yet.
   *
   * @param metadataPath the folder Spark gives the source, {@code CHECKPOINT/sources/NUMBER}
   */
  HadoopFormerPositions(String metadataPath, Configuration configuration) {
    source = new Path(metadataPath);
    this.configuration = configuration;
  }

  @Override
  public Optional<Begun> newestBegun() {
    return newest("offsets").map(file ->
      new Begun(
        number(file),
        read(file.getPath())
          .lines()
          .skip(LINES_BEFORE_OFFSETS + Long.parseLong(source.getName()))
          .findFirst()
          .orElse("")
      )
    );
  }

  @Override
  public Optional<Committed> newestCommitted() {
    return newest("commits").map(file ->
      new Committed(number(file), Instant.ofEpochMilli(file.getModificationTime()))
    );
  }

  @Override
  public List<Long> batches(String folder) {
    return numbered(new Path(source, folder)).map(HadoopFormerPositions::number).toList();
  }

  @Override
  public List<String> shards(String folder, long batch) {
    return list(batchFolder(folder, batch))
      .map(file -> file.getPath().getName())
      .toList();
  }

  @Override
  public String shardFile(String folder, long batch, String shardId) {
    return read(new Path(batchFolder(folder, batch), shardId));
  }

  private Path batchFolder(String folder, long batch) {
    return new Path(new Path(source, folder), Long.toString(batch));
  }

  private Optional<FileStatus> newest(String log) {
    Path checkpoint = source.getParent().getParent();
    return numbered(new Path(checkpoint, log)).max(
      Comparator.comparingLong(HadoopFormerPositions::number)
    );
  }

  /** Names that are numbers: Spark and the connectors also write temporary files. */
  private Stream<FileStatus> numbered(Path folder) {
    return list(folder).filter(file -> file.getPath().getName().matches("\\d+"));
  }

  private static long number(FileStatus file) {
    return Long.parseLong(file.getPath().getName());
  }

  private Stream<FileStatus> list(Path folder) {
    try {
      return Arrays.stream(folder.getFileSystem(configuration).listStatus(folder));
    } catch (FileNotFoundException error) {
      return Stream.empty();
    } catch (IOException error) {
      throw new UncheckedIOException(
        "The checkpoint's folder " + folder + " cannot be listed.",
        error
      );
    }
  }

  private String read(Path file) {
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException("The checkpoint's file " + file + " cannot be read.", error);
    }
  }
}
