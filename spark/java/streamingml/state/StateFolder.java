package streamingml.state;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;

/** The files of one state. Every error names the file and says what to do. Thread-safe. */
final class StateFolder {

  private final CheckpointFileManager files;
  private final Path folder;

  /**
   * Creates the folder if it is missing.
   *
   * @param folder the checkpoint folder of the state store
   */
  StateFolder(Path folder, Configuration configuration) {
    this.folder = folder;
    files = CheckpointFileManager.create(folder, configuration);
    files.mkdirs(folder);
  }

  /** Returns the names of all files of the state. */
  List<StateFileName> list() {
    return Arrays.stream(files.list(folder))
      .map(status -> StateFileName.parse(status.getPath().getName()))
      .flatMap(Optional::stream)
      .toList();
  }

  /** Returns the header of a file. */
  StateFileHeader header(StateFileName name) {
    return read(name, StateFileReader::header);
  }

  /** Adds the keys of a file to a state, without those that it has removed. */
  void addTo(ExpiringKeys keys, StateFileName name) {
    read(name, reader -> {
      reader.addTo(keys);
      return keys;
    });
  }

  /** Writes a file atomically; replaces one with the same name. */
  void write(StateFileHeader header, ExpiringKeys keys) throws IOException {
    CheckpointFileManager.CancellableFSDataOutputStream out = files.createAtomic(
      path(header.name()),
      true
    );
    try {
      StateFileWriter.write(out, header, keys);
      out.close();
    } catch (IOException | RuntimeException | Error problem) {
      out.cancel();
      throw problem;
    }
  }

  /** Deletes a file if it exists. */
  void delete(StateFileName name) {
    files.delete(path(name));
  }

  /**
   * Returns the error for a file that cannot be used.
   *
   * @param problem the end of a sentence, without a full stop
   * @param cause null for none
   */
  IllegalStateException unusable(StateFileName name, String problem, Throwable cause) {
    return new IllegalStateException(
      "The remembered keys cannot be loaded from " +
        path(name) +
        ": " +
        problem +
        ". Restart the job on a new checkpoint generation; it remembers no keys at first.",
      cause
    );
  }

  private <T> T read(StateFileName name, Reading<T> reading) {
    try (InputStream in = files.open(path(name))) {
      return reading.of(new StateFileReader(in, name));
    } catch (FileNotFoundException missing) {
      throw unusable(name, "the file is missing", missing);
    } catch (EOFException tooShort) {
      throw unusable(name, "the file ends too early", tooShort);
    } catch (CorruptStateException corrupt) {
      throw unusable(name, corrupt.getMessage(), corrupt);
    } catch (IOException problem) {
      throw unusable(name, "it cannot be read (" + problem.getMessage() + ")", problem);
    }
  }

  private Path path(StateFileName name) {
    return new Path(folder, name.toString());
  }

  private interface Reading<T> {
    T of(StateFileReader reader) throws IOException;
  }
}
