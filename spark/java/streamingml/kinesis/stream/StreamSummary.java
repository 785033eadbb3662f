package streamingml.kinesis.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * The response of DescribeStreamSummary.
 *
 * @param name its name
 * @param createdAt when it was created; a later stream with the same name has another time
 * @param retention its retention period
 */
public record StreamSummary(String name, Instant createdAt, Duration retention) {}
