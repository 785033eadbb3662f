package streamingml.kinesis.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * What DescribeStreamSummary says of the stream.
 *
 * @param name its name
 * @param createdAt when it was made; a later stream of the same name has another
 * @param retention how long it keeps a record
 */
public record StreamSummary(String name, Instant createdAt, Duration retention) {}
