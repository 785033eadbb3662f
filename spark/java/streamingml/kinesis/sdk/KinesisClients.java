package streamingml.kinesis.sdk;

import java.time.Duration;
import streamingml.relocated.software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import streamingml.relocated.software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import streamingml.relocated.software.amazon.awssdk.awscore.exception.AwsServiceException;
import streamingml.relocated.software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import streamingml.relocated.software.amazon.awssdk.core.exception.SdkClientException;
import streamingml.relocated.software.amazon.awssdk.core.retry.RetryMode;
import streamingml.relocated.software.amazon.awssdk.http.SdkHttpClient;
import streamingml.relocated.software.amazon.awssdk.http.apache5.Apache5HttpClient;
import streamingml.relocated.software.amazon.awssdk.regions.Region;
import streamingml.relocated.software.amazon.awssdk.retries.DefaultRetryStrategy;
import streamingml.relocated.software.amazon.awssdk.retries.api.BackoffStrategy;
import streamingml.relocated.software.amazon.awssdk.retries.api.RetryStrategy;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.KinesisClient;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/**
 * The AWS SDK's clients for one location. They share credentials and connections, and differ in what they do when
 * Kinesis cannot answer.
 *
 * @param planning passes every refusal on at once, because the next trigger asks again anyhow
 * @param reading tries again as the SDK is configured: by default three times, as its standard mode does
 * @param place where both look, for messages
 */
record KinesisClients(KinesisClient planning, KinesisClient reading, String place) {
  /** A driver plans with 64 threads, and on one machine its tasks read at the same time. */
  private static final int MOST_CONNECTIONS = 128;

  /** One shard that hangs must not hold up a micro-batch; a page for planning is 1 MiB at most. */
  private static final Duration PLANNING_LIMIT = Duration.ofSeconds(10);

  /** Builds them, which takes a second, because thousands of classes are loaded. */
  static KinesisClients build(Location location) {
    AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    SdkHttpClient http = Apache5HttpClient.builder()
      .maxConnections(MOST_CONNECTIONS)
      .tcpKeepAlive(true)
      .build();
    KinesisClient planning = builder(location, credentials, http)
      .overrideConfiguration(
        common().retryStrategy(onlyForTheClock()).apiCallTimeout(PLANNING_LIMIT).build()
      )
      .build();
    RetryMode mode = RetryMode.resolver().defaultRetryMode(RetryMode.STANDARD).resolve();
    KinesisClient reading = builder(location, credentials, http)
      .overrideConfiguration(common().retryStrategy(mode).build())
      .build();
    load(credentials);
    return new KinesisClients(planning, reading, place(planning));
  }

  private static KinesisClientBuilder builder(
    Location location,
    AwsCredentialsProvider credentials,
    SdkHttpClient http
  ) {
    KinesisClientBuilder builder = KinesisClient.builder()
      .credentialsProvider(credentials)
      .httpClient(http);
    if (location.region() != null) {
      builder.region(Region.of(location.region()));
    }
    if (location.endpoint() != null) {
      builder.endpointOverride(location.endpoint());
    }
    return builder;
  }

  private static ClientOverrideConfiguration.Builder common() {
    return ClientOverrideConfiguration.builder().addExecutionInterceptor(new CallCounting());
  }

  /** A refusal that tells the time lets the SDK sign with it, and asking again is what makes use of that. */
  private static RetryStrategy onlyForTheClock() {
    return DefaultRetryStrategy.standardStrategyBuilder()
      .useClientDefaults(false)
      .maxAttempts(2)
      .backoffStrategy(BackoffStrategy.retryImmediately())
      .retryOnException(
        error -> error instanceof AwsServiceException refusal && refusal.isClockSkewException()
      )
      .build();
  }

  /** Finds the credentials now, while this thread's class loader shows the SDK its own parts. */
  private static void load(AwsCredentialsProvider credentials) {
    try {
      credentials.resolveCredentials();
    } catch (SdkClientException error) {
      // The first call meets the same problem, and tells whoever makes it.
    }
  }

  private static String place(KinesisClient client) {
    String region = "region " + client.serviceClientConfiguration().region();
    return client
      .serviceClientConfiguration()
      .endpointOverride()
      .map(endpoint -> region + " at " + endpoint)
      .orElse(region);
  }
}
