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
 * The AWS SDK's clients for one location. They share credentials and connections, and differ in their retries.
 *
 * @param planning without retries, because the next trigger calls again
 * @param reading with the SDK's configured retries, by default three attempts in standard mode
 * @param place their location, for messages
 */
record KinesisClients(KinesisClient planning, KinesisClient reading, String place) {
  /** A driver plans with 64 threads; on one machine its tasks read at the same time. */
  private static final int MOST_CONNECTIONS = 128;

  /** One hanging shard must not delay a micro-batch; a page for planning is at most 1 MiB. */
  private static final Duration PLANNING_LIMIT = Duration.ofSeconds(10);

  /** Builds them, which takes a second, because it loads thousands of classes. */
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

  /** After a clock-skew error the SDK knows the server's time, and a retry is signed with it. */
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

  /** Resolves the credentials now, while this thread's class loader has the SDK's classes. */
  private static void load(AwsCredentialsProvider credentials) {
    try {
      credentials.resolveCredentials();
    } catch (SdkClientException error) {
      // The first call fails with the same problem, and reports it to its caller.
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
