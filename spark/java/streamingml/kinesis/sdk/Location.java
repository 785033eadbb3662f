package streamingml.kinesis.sdk;

import java.net.URI;

/**
 * Region and endpoint of streams.
 *
 * @param region such as {@code eu-west-1}; null leaves it to the SDK's default chain
 * @param endpoint of Kinesis; null leaves it to the SDK, which reads {@code AWS_ENDPOINT_URL_KINESIS} and {@code
 *     AWS_ENDPOINT_URL}
 */
record Location(String region, URI endpoint) {}
