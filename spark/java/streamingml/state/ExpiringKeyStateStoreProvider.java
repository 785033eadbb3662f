package streamingml.state;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.streaming.state.ReadStateStore;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreConf;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.StateStoreProvider;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A state store only for {@code dropDuplicatesWithinWatermark} over two columns of 64 bits: keys are
 * removed in the order in which they were added. If the clock steps back, a key waits for those before
 * it, and is removed later than it could be, never earlier.
 *
 * <p>The newest version is in memory (see {@link ExpiringKeys} for its size). Each commit writes the
 * keys that it added; every {@value #SEGMENT_INTERVAL_DEFAULT}th commit also writes those added since
 * the last such commit again, so that a load reads few files and the whole state is never rewritten.
 * Removed keys are only a number in the next file.
 *
 * <p>One task at a time writes. A store that was neither committed nor aborted can no longer commit
 * when the next one is requested. Maintenance changes files only and may run at any time.
 */
public final class ExpiringKeyStateStoreProvider implements StateStoreProvider {

  /** Setting: number of versions from one segment to the next, 1 or more; may change at any time. */
  public static final String SEGMENT_INTERVAL =
    "spark.sql.streaming.stateStore.expiringKeys.segmentInterval";

  static final int SEGMENT_INTERVAL_DEFAULT = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ExpiringKeyStateStoreProvider.class);

  private StateStoreId id;
  private StateFolder folder;
  private int segmentInterval;
  private int versionsToRetain;
  private StateVersion loaded;
  private ExpiringKeyStore writer;

  /** Creates a provider as Spark does, which calls {@link #init} next. */
  public ExpiringKeyStateStoreProvider() {}

  /**
   * Called once, before anything else.
   *
   * @throws IllegalArgumentException when the schemas are not (long, long) and (long), or when the
   *     segment interval is not a number of 1 or more
   */
  @Override
  public synchronized void init(
    StateStoreId stateStoreId,
    StructType keySchema,
    StructType valueSchema,
    int prefixColumns,
    StateStoreConf conf,
    Configuration hadoopConfiguration
  ) {
    if (!hasOnlyLongs(keySchema, 2) || !hasOnlyLongs(valueSchema, 1) || prefixColumns != 0) {
      throw new IllegalArgumentException(
        (
          "The state store in %s expects keys of two longs, values of one long and no prefix" +
          " columns, but received keys %s, values %s and %d prefix columns."
        ).formatted(
          stateStoreId.storeCheckpointLocation(),
          keySchema.simpleString(),
          valueSchema.simpleString(),
          prefixColumns
        )
      );
    }
    segmentInterval = segmentInterval(conf);
    versionsToRetain = conf.minVersionsToRetain();
    id = stateStoreId;
    folder = new StateFolder(stateStoreId.storeCheckpointLocation(), hadoopConfiguration);
  }

  @Override
  public StateStoreId stateStoreId() {
    return id;
  }

  /**
   * Returns the store that creates the version after the given one.
   *
   * @param version 0 or more
   * @throws IllegalStateException when a file of the version is missing or corrupt
   */
  @Override
  public synchronized StateStore getStore(long version) {
    StateVersion base = loaded;
    // The previous task may still be changing its keys, which are no longer shared.
    loaded = null;
    writer = null;
    if (base == null || base.number() != version) {
      base = StateVersion.load(folder, version);
    }
    writer = new ExpiringKeyStore(this, base);
    return writer;
  }

  /**
   * Returns a copy of a version, for reading only; iterates over all its keys.
   *
   * @param version 0 or more
   * @throws IllegalStateException when a file of the version is missing or corrupt
   */
  @Override
  public ReadStateStore getReadStore(long version) {
    return new ExpiringKeyReader(id, StateVersion.load(folder, version));
  }

  /** Deletes files that none of the versions to retain needs. Logs what goes wrong. */
  @Override
  public void doMaintenance() {
    try {
      List<StateFileName> unneeded = Retention.unneeded(folder, versionsToRetain);
      unneeded.forEach(folder::delete);
    } catch (RuntimeException problem) {
      // Spark would unload all state stores; superfluous files do no harm.
      LOG.warn(
        "Files that are no longer needed are kept in {} for now.",
        id.storeCheckpointLocation(),
        problem
      );
    }
  }

  /** Releases the memory. A store that is in use can still be committed. */
  @Override
  public synchronized void close() {
    loaded = null;
  }

  /**
   * Writes what a store changed and keeps it in memory as the newest version.
   *
   * @throws IllegalStateException when another store was requested since
   */
  synchronized StateVersion commit(ExpiringKeyStore store, StateVersion base) throws IOException {
    if (writer != store) {
      throw new IllegalStateException(
        (
          "Version %d of the state store in %s was not written, because another task has taken the" +
          " state store over."
        ).formatted(base.number() + 1, id.storeCheckpointLocation())
      );
    }
    writer = null;
    loaded = base.commit(folder, segmentInterval);
    return loaded;
  }

  /** Releases the memory of a store that was aborted. */
  synchronized void release(ExpiringKeyStore store) {
    if (writer == store) {
      writer = null;
    }
  }

  private static int segmentInterval(StateStoreConf conf) {
    String setting = conf
      .sqlConfs()
      .get(SEGMENT_INTERVAL)
      .getOrElse(() -> null);
    if (setting == null) {
      return SEGMENT_INTERVAL_DEFAULT;
    }
    if (!setting.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
        SEGMENT_INTERVAL + " expects a number of 1 or more, but received " + setting + "."
      );
    }
    return Integer.parseInt(setting);
  }

  private static boolean hasOnlyLongs(StructType schema, int columns) {
    return (
      schema.length() == columns &&
      schema.forall(field -> field.dataType().equals(DataTypes.LongType))
    );
  }
}
