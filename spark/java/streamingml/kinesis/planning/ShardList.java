package streamingml.kinesis.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.UnavailableException;

/** All shards of a stream, asked for now and then: only what no page has told is looked up here. */
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

  /** Asks; empty when the last time was a moment ago, or Kinesis does not answer. An older list would mislead. */
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
