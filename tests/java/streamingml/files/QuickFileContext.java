package streamingml.files;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FsConstants;

/** {@link QuickFiles} for {@code FileContext}, by which Spark writes checkpoints. */
public final class QuickFileContext extends ChecksumFs {

  /** Made by Hadoop, for {@code fs.AbstractFileSystem.file.impl}. */
  QuickFileContext(URI uri, Configuration configuration) throws IOException, URISyntaxException {
    super(new Raw(configuration));
  }

  private static final class Raw extends DelegateToFileSystem {

    Raw(Configuration configuration) throws IOException, URISyntaxException {
      super(
        FsConstants.LOCAL_FS_URI,
        new QuickFiles.Raw(),
        configuration,
        FsConstants.LOCAL_FS_URI.getScheme(),
        false
      );
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public boolean isValidName(String name) {
      return true;
    }
  }
}
