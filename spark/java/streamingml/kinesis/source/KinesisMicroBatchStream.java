package streamingml.kinesis.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.planning.PlannerOptions;
import streamingml.kinesis.planning.ShardRange;
import streamingml.kinesis.planning.ShardRanges;
import streamingml.kinesis.planning.StreamPlanner;
import streamingml.kinesis.sdk.SdkStreamClient;
import streamingml.kinesis.stream.StreamException;

/**
 * One run of a query over a stream. Spark plans a micro-batch several times, so planning between two offsets makes no
 * calls, except for one check per run that they belong to the stream. Only {@link #latestOffset(Offset, ReadLimit)} calls
 * Kinesis to find an end, once per micro-batch.
 */
final class KinesisMicroBatchStream
  implements MicroBatchStream, SupportsTriggerAvailableNow, ReportsSourceMetrics
{

  /** Partitions per core, so that a shard with more records than others delays the other cores less. */
  private static final int PARTITIONS_PER_CORE = 2;

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration MOST_STANDSTILL = Duration.ofMinutes(2);

  private final SourceOptions options;
  private final SdkStreamClient client;
  private final StreamPlanner planner;
  private final OffsetReader offsets;
  private final ProgressMetrics progress = new ProgressMetrics();
  private Offset initial;
  private boolean endsAtTip;

  /**
   * Creates it without a call to Kinesis.
   *
   * @param checkpointLocation the folder Spark gives the source
   */
  KinesisMicroBatchStream(SourceOptions options, String checkpointLocation) {
    this.options = options;
    StreamConnection connection = options.connection();
    client = SdkStreamClient.forPlanning(
      connection.stream(),
      connection.region(),
      connection.endpoint()
    );
    planner = new StreamPlanner(
      client,
      new PlannerOptions(options.span(), options.batch()),
      InstantSource.system(),
      PlanningThreads.SHARED
    );
    offsets = new OffsetReader(connection.stream(), client, checkpointLocation);
  }

  /** Spark calls this twice for the first micro-batch, and must get the same shards. */
  @Override
  public synchronized Offset initialOffset() {
    if (initial == null) {
      initial = Failures.told(() -> new KinesisOffset(planner.initial()));
    }
    return initial;
  }

  @Override
  public Offset latestOffset(Offset start, ReadLimit limit) {
    StreamOffset from = ((KinesisOffset) start).value();
    StreamOffset end = Failures.told(() -> endsAtTip ? planUntilDone(from) : planner.plan(from));
    return end == from ? start : new KinesisOffset(end);
  }

  /** Spark calls {@link #latestOffset(Offset, ReadLimit)} instead. */
  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("An end can only be found from a start.");
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    planner.stopAtTip();
    endsAtTip = true;
  }

  /** For Spark an unchanged end means the end of the query, but Kinesis may just not have answered. */
  private StreamOffset planUntilDone(StreamOffset from) {
    Instant givenUpAt = Instant.now().plus(MOST_STANDSTILL);
    StreamOffset end = planner.plan(from);
    while (end == from && !planner.isDone(from)) {
      if (Instant.now().isAfter(givenUpAt)) {
        throw new StreamException(
          "Stream %s was not read to its end at the start of the query: Kinesis returned nothing new for %d seconds. Start the query again.".formatted(
            from.stream(),
            MOST_STANDSTILL.toSeconds()
          )
        );
      }
      pause();
      end = planner.plan(from);
    }
    return end;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new StreamException("The query was stopped while it waited for Kinesis.", error);
    }
  }

  @Override
  public Offset deserializeOffset(String json) {
    return Failures.told(() -> new KinesisOffset(offsets.read(json)));
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    StreamOffset planned = ((KinesisOffset) end).value();
    Failures.told(() -> {
      planner.requireStreamOf(planned);
      return planned;
    });
    List<ShardRange> ranges = ShardRanges.between(((KinesisOffset) start).value(), planned);
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    return PartitionGroups.of(ranges, PARTITIONS_PER_CORE * cores)
      .stream()
      .map(KinesisInputPartition::new)
      .toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new KinesisReaderFactory(options.connection());
  }

  @Override
  public Map<String, String> metrics(Optional<Offset> latestConsumedOffset) {
    return progress.next(planner.lag(), client.counts().byOperation());
  }

  @Override
  public void commit(Offset end) {
    // Kinesis keeps records until they expire, read or not.
  }

  @Override
  public void stop() {
    // A restarted query uses the same client and threads.
  }
}
