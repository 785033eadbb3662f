package streamingml.kinesis.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamRecord;

/** One shard: all its records, and which of them have expired. */
final class ModelShard {

  final String id;
  final List<String> parents;
  final BigInteger firstHash;
  final BigInteger lastHash;
  final Instant createdAt;
  final List<ModelRecord> records = new ArrayList<>();
  final List<StreamRecord> visible = new ArrayList<>();
  final List<Shard> children = new ArrayList<>();
  /** Number of the record that was put last; null before the first. */
  BigInteger newest;
  Instant closedAt;
  boolean pruned;

  private final Map<SequenceNumber, Integer> places = new HashMap<>();
  /** For each record, the latest arrival up to it. */
  private final List<Instant> latestArrivals = new ArrayList<>();
  private int expired;

  ModelShard(
    String id,
    List<String> parents,
    BigInteger firstHash,
    BigInteger lastHash,
    Instant createdAt
  ) {
    this.id = id;
    this.parents = List.copyOf(parents);
    this.firstHash = firstHash;
    this.lastHash = lastHash;
    this.createdAt = createdAt;
  }

  Shard described() {
    return new Shard(id, parents);
  }

  boolean isOpen() {
    return closedAt == null;
  }

  void add(ModelRecord record) {
    places.put(record.record().sequenceNumber(), records.size());
    records.add(record);
    visible.add(record.record());
    Instant arrival = record.record().arrivedAt();
    Instant latest = latestArrivals.isEmpty()
      ? arrival
      : latestArrivals.get(latestArrivals.size() - 1);
    latestArrivals.add(arrival.isAfter(latest) ? arrival : latest);
  }

  /** Place of a record that was ever put; null for any other number. */
  Integer place(SequenceNumber number) {
    return places.get(number);
  }

  /** Place of the oldest record that has not expired. */
  int trimHorizon() {
    return expired;
  }

  /** Lets records expire that were put before a time, and the shard itself if it was closed before. */
  void expireBefore(Instant moment) {
    while (expired < records.size() && records.get(expired).putAt().isBefore(moment)) {
      expired++;
    }
    pruned |= closedAt != null && closedAt.isBefore(moment);
  }

  /** Index of the first record, in the order of the shard, that arrived at a time or later. */
  int placeAt(Instant time) {
    int found = Collections.binarySearch(latestArrivals, time);
    int place = found < 0 ? -found - 1 : found;
    while (place > 0 && !latestArrivals.get(place - 1).isBefore(time)) {
      place--;
    }
    // The newest record may have expired: then the remaining ones are searched.
    place = Math.max(place, expired);
    while (place < records.size() && visible.get(place).arrivedAt().isBefore(time)) {
      place++;
    }
    return place;
  }
}
