package streamingml.kinesis.model;

import java.time.Instant;
import streamingml.kinesis.stream.StreamRecord;

/**
 * A record and when it was really put, which its arrival time only approximates.
 *
 * @param record what readers see
 * @param putAt by Kinesis's clock
 */
record ModelRecord(StreamRecord record, Instant putAt) {}
