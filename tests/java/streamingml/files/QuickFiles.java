package streamingml.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's files on this disk for tests. Without its native library Hadoop starts {@code chmod} for
 * each file that it writes and {@code readlink} for each name that it looks at, 14,000 processes in
 * the tests of the jobs; Java does the same itself.
 */
public final class QuickFiles extends LocalFileSystem {

  /** Made by Hadoop, for {@code fs.file.impl}. */
  public QuickFiles() {
    super(new Raw());
  }

  /** The same without checksums. */
  static final class Raw extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      Files.setPosixFilePermissions(
        pathToFile(path).toPath(),
        PosixFilePermissions.fromString(permission.toString())
      );
    }

    /** Nothing in the folders of tests is a link. */
    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return getFileStatus(path);
    }
  }
}
