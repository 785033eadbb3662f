package streamingml.kinesis.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import streamingml.kinesis.stream.StreamRecord;

/** The pages of GetRecords. */
final class ModelPages {

  static final long MOST_BYTES = 10L * 1024 * 1024;

  private static final int ONE_LAST_PAGE_MORE_IN = 3;

  /**
   * A page, as far as the shard decides it.
   *
   * @param next null when the shard has ended
   */
  record Draft(List<StreamRecord> records, ModelIterator next, Duration behind) {
    long bytes() {
      return records.stream().mapToLong(StreamRecord::bytes).sum();
    }
  }

  private final Conditions conditions;
  private final Random random;

  ModelPages(Conditions conditions, Random random) {
    this.conditions = conditions;
    this.random = random;
  }

  Draft read(ModelIterator from, int limit, Instant now) {
    ModelShard shard = from.shard();
    int searched = from.searched() == null ? from.place() : shard.placeAt(from.searched());
    // Silently at the oldest record there is, when the next one has expired.
    int place = Math.max(searched, shard.trimHorizon());
    if (place == shard.records.size()) {
      return atTip(from, place, now);
    }
    Instant next = shard.records.get(place).putAt();
    Instant passed = from.reached().plus(conditions.emptyStretch);
    if (passed.isBefore(next)) {
      return empty(from, place, passed, now);
    }
    if (happens(conditions.emptyPageOneIn)) {
      return empty(from, place, from.reached(), now);
    }
    return filled(shard, place, happens(conditions.shortPageOneIn) ? shorter(limit) : limit, now);
  }

  private Draft atTip(ModelIterator from, int place, Instant now) {
    ModelShard shard = from.shard();
    if (!shard.isOpen() && random.nextInt(ONE_LAST_PAGE_MORE_IN) > 0) {
      return new Draft(List.of(), null, Duration.ZERO);
    }
    ModelIterator next = new ModelIterator(shard, place, now, from.searched(), now);
    return new Draft(List.of(), next, Duration.ZERO);
  }

  private Draft empty(ModelIterator from, int place, Instant reached, Instant now) {
    ModelIterator next = new ModelIterator(from.shard(), place, reached, null, now);
    return new Draft(List.of(), next, behind(from.shard(), place, now));
  }

  private Draft filled(ModelShard shard, int place, int limit, Instant now) {
    List<StreamRecord> records = new ArrayList<>();
    long bytes = 0;
    int end = place;
    Instant reached = shard.records.get(place).putAt();
    while (end < shard.records.size() && records.size() < limit) {
      ModelRecord record = shard.records.get(end);
      bytes += record.record().bytes();
      boolean fits = bytes <= MOST_BYTES || records.isEmpty();
      if (!fits || reached.plus(conditions.emptyStretch).isBefore(record.putAt())) {
        break;
      }
      records.add(record.record());
      reached = record.putAt();
      end++;
    }
    if (end < shard.records.size()) {
      ModelIterator next = new ModelIterator(shard, end, reached, null, now);
      return new Draft(records, next, behind(shard, end, now));
    }
    boolean last = !shard.isOpen() && random.nextBoolean();
    ModelIterator next = last ? null : new ModelIterator(shard, end, now, null, now);
    return new Draft(records, next, Duration.ZERO);
  }

  private static Duration behind(ModelShard shard, int place, Instant now) {
    Duration distance = Duration.between(shard.records.get(place).putAt(), now);
    return distance.toMillis() > 0 ? distance : Duration.ofMillis(1);
  }

  private boolean happens(int oneIn) {
    return oneIn > 0 && random.nextInt(oneIn) == 0;
  }

  private int shorter(int limit) {
    return 1 + random.nextInt(limit);
  }
}
