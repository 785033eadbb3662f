package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.UnavailableException;

/** The list of all shards of a stream, requested rarely, for what no page contains. */
final class ShardList {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Supplier<List<Shard>> shards;
  private final InstantSource local;
  private Instant askedAt = Instant.EPOCH;

  /**
   * Creates it.
   *
   * @param shards lists them
   */
  ShardList(Supplier<List<Shard>> shards, InstantSource local) {
    this.shards = shards;
    this.local = local;
  }

  /** Requests the list; empty if the last request was too recent, or Kinesis does not answer. Old lists are not used. */
  Optional<List<Shard>> ask() {
    Instant now = local.instant();
    if (now.isBefore(askedAt.plus(PAUSE)) && !now.isBefore(askedAt)) {
      return Optional.empty();
    }
    askedAt = now;
    try {
      return Optional.of(shards.get());
    } catch (UnavailableException error) {
      return Optional.empty();
    }
  }
}
