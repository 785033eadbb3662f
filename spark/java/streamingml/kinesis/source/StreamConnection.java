package streamingml.kinesis.source;

import java.io.Serializable;
import java.net.URI;

/**
 * Which stream, and where. Tasks get it with the ranges they read.
 *
 * @param stream name of the stream
 * @param region such as {@code eu-west-1}; null leaves it to the AWS SDK's default chain
 * @param endpoint of Kinesis; null leaves it to the AWS SDK
 */
record StreamConnection(String stream, String region, URI endpoint) implements Serializable {}
