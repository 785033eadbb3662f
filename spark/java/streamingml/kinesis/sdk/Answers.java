package streamingml.kinesis.sdk;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamRecord;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.relocated.software.amazon.awssdk.core.SdkResponse;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.ChildShard;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.Record;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** Converts the AWS SDK's responses to the types of the source. */
final class Answers {

  private Answers() {}

  static StreamSummary summary(StreamDescriptionSummary summary) {
    return new StreamSummary(
      summary.streamName(),
      // Whole seconds are equal in both of Kinesis's formats, one of which sends a decimal fraction.
      summary
        .streamCreationTimestamp()
        .truncatedTo(ChronoUnit.SECONDS),
      Duration.ofHours(summary.retentionPeriodHours())
    );
  }

  static Shard shard(
    streamingml.relocated.software.amazon.awssdk.services.kinesis.model.Shard shard
  ) {
    return new Shard(
      shard.shardId(),
      Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
        .filter(Objects::nonNull)
        .toList()
    );
  }

  static Page page(GetRecordsResponse response) {
    List<Shard> children = response.hasChildShards()
      ? response.childShards().stream().map(Answers::child).toList()
      : List.of();
    return new Page(
      response.records().stream().map(Answers::record).toList(),
      response.nextShardIterator(),
      Duration.ofMillis(Optional.ofNullable(response.millisBehindLatest()).orElse(0L)),
      children,
      answeredAt(response)
    );
  }

  private static Shard child(ChildShard child) {
    return new Shard(child.shardId(), child.parentShards());
  }

  private static StreamRecord record(Record record) {
    return new StreamRecord(
      new SequenceNumber(record.sequenceNumber()),
      record.approximateArrivalTimestamp(),
      record.partitionKey(),
      // Not copied: no other code has these bytes.
      record
        .data()
        .asByteArrayUnsafe()
    );
  }

  /** The Date header; the local clock if a proxy has removed it. */
  private static Instant answeredAt(SdkResponse response) {
    try {
      return response
        .sdkHttpResponse()
        .firstMatchingHeader("Date")
        .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
        .orElseGet(Instant::now);
    } catch (DateTimeParseException error) {
      return Instant.now();
    }
  }
}
