package streamingml.kinesis.sdk;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.Page;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.StreamClient;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.StreamSummary;
import streamingml.relocated.software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import streamingml.relocated.software.amazon.awssdk.awscore.exception.AwsServiceException;
import streamingml.relocated.software.amazon.awssdk.core.exception.SdkException;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.KinesisClient;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A stream through the AWS SDK, with the credentials, region, endpoint, format and retries that its default chains find.
 * Cheap to create: all clients of a JVM share the SDK's clients, which are built in the background when a location is
 * first used.
 */
public final class SdkStreamClient implements StreamClient {

  private final String stream;
  private final Location location;
  private final Function<KinesisClients, KinesisClient> choice;
  private final CallCounts counts = new CallCounts();

  private SdkStreamClient(
    String stream,
    Location location,
    Function<KinesisClients, KinesisClient> choice
  ) {
    this.stream = stream;
    this.location = location;
    this.choice = choice;
    SharedClients.prepare(location);
  }

  /**
   * A client without retries that fails within ten seconds.
   *
   * @param stream name of the stream
   * @param region such as {@code eu-west-1}; null leaves it to the SDK
   * @param endpoint of Kinesis; null leaves it to the SDK
   */
  public static SdkStreamClient forPlanning(String stream, String region, URI endpoint) {
    return new SdkStreamClient(stream, new Location(region, endpoint), KinesisClients::planning);
  }

  /**
   * A client with the SDK's configured retries: {@code AWS_MAX_ATTEMPTS}, by default three attempts.
   *
   * @param stream name of the stream
   * @param region such as {@code eu-west-1}; null leaves it to the SDK
   * @param endpoint of Kinesis; null leaves it to the SDK
   */
  public static SdkStreamClient forReading(String stream, String region, URI endpoint) {
    return new SdkStreamClient(stream, new Location(region, endpoint), KinesisClients::reading);
  }

  /** Counts of this client's calls so far. */
  public CallCounts counts() {
    return counts;
  }

  @Override
  public StreamSummary summary() {
    DescribeStreamSummaryRequest request = DescribeStreamSummaryRequest.builder()
      .overrideConfiguration(counted())
      .streamName(stream)
      .build();
    return call("DescribeStreamSummary", client ->
      Answers.summary(client.describeStreamSummary(request).streamDescriptionSummary())
    );
  }

  @Override
  public List<Shard> shards() {
    List<Shard> shards = new ArrayList<>();
    String token = null;
    do {
      // A token identifies the stream; Kinesis refuses both together.
      ListShardsRequest request = ListShardsRequest.builder()
        .overrideConfiguration(counted())
        .streamName(token == null ? stream : null)
        .nextToken(token)
        .build();
      ListShardsResponse response = call("ListShards", client -> client.listShards(request));
      response.shards().stream().map(Answers::shard).forEach(shards::add);
      token = response.nextToken();
    } while (token != null);
    return shards;
  }

  @Override
  public String iterator(String shardId, IteratorStart start) {
    GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder()
      .overrideConfiguration(counted())
      .streamName(stream)
      .shardId(shardId);
    if (start instanceof IteratorStart.At at) {
      request
        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
        .startingSequenceNumber(at.sequenceNumber().toString());
    } else if (start instanceof IteratorStart.After after) {
      request
        .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
        .startingSequenceNumber(after.sequenceNumber().toString());
    } else if (start instanceof IteratorStart.AtTime at) {
      request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
    } else {
      request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
    }
    return call("GetShardIterator", client ->
      client.getShardIterator(request.build()).shardIterator()
    );
  }

  @Override
  public Page records(String iterator, int limit) {
    GetRecordsRequest request = GetRecordsRequest.builder()
      .overrideConfiguration(counted())
      .shardIterator(iterator)
      .limit(limit)
      .build();
    return call("GetRecords", client -> Answers.page(client.getRecords(request)));
  }

  /** Created for each call, so that creating a client does not wait for the SDK's classes. */
  private AwsRequestOverrideConfiguration counted() {
    return AwsRequestOverrideConfiguration.builder()
      .putExecutionAttribute(CallCounting.COUNTS, counts)
      .build();
  }

  private <T> T call(String operation, Function<KinesisClient, T> action) {
    String place = "region " + location.region();
    try {
      KinesisClients clients = SharedClients.get(location);
      place = clients.place();
      return action.apply(choice.apply(clients));
    } catch (AwsServiceException error) {
      throw Refusals.of(new Call(operation, stream, place), error);
    } catch (SdkException error) {
      throw Failures.of(new Call(operation, stream, place), error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new StreamException(
        "%s was interrupted.".formatted(new Call(operation, stream, place)),
        error
      );
    }
  }
}
