package streamingml.kinesis.offset.former;

import java.time.Instant;
import streamingml.kinesis.stream.SequenceNumber;

/**
 * Why this source cannot continue from an offset of a former connector: one sentence each, with what to do. They are
 * short, because the job shows the first 400 characters.
 */
final class Refusals {

  private final FormerOffset offset;

  Refusals(FormerOffset offset) {
    this.offset = offset;
  }

  /** The newest micro-batch was started and not completed. */
  IllegalArgumentException underWay(long number) {
    return refusal(
      "micro-batch " + number + " was started and not completed, so its end is unknown",
      "let the job complete it",
      null
    );
  }

  /** The micro-batch was completed before the stream was created. */
  IllegalArgumentException otherStream(Instant committedAt, Instant streamCreatedAt) {
    return new IllegalArgumentException(
      "The checkpoint was last written at " +
        committedAt +
        ", before the stream " +
        offset.stream() +
        " was created at " +
        streamCreatedAt +
        ": it belongs to an earlier stream with that name, so begin with a new job.generation."
    );
  }

  /** A shard's file is missing. */
  IllegalArgumentException withoutFile(String shardId) {
    return refusal(
      "there is no file of " + shardId + " in " + offset.connector().folder + "/" + offset.batch(),
      "let the job complete another micro-batch",
      null
    );
  }

  /** A shard's file is damaged. */
  IllegalArgumentException damaged(IllegalArgumentException error) {
    return refusal(error.getMessage(), "let the job complete another micro-batch", error);
  }

  /** A micro-batch ended between two events of one aggregated record. */
  IllegalArgumentException withinRecord(String shardId) {
    return refusal(
      "it stopped within an aggregated record of " + shardId,
      "let the job read all that is in the stream",
      null
    );
  }

  /** No record was read of a shard that was not to be read from its oldest record. */
  IllegalArgumentException withoutNumber(String shardId, String iteratorType) {
    return refusal(
      "it has read no record of " + shardId + ", which it was to read from " + iteratorType,
      "let the job read a record of that shard",
      null
    );
  }

  /** Reads a sequence number. */
  SequenceNumber number(String shardId, String digits) {
    try {
      return SequenceNumber.of(digits);
    } catch (NumberFormatException error) {
      throw damaged(
        new IllegalArgumentException(
          "the position of " + shardId + " is not a sequence number (" + digits + ")",
          error
        )
      );
    }
  }

  private IllegalArgumentException refusal(String reason, String remedy, Exception cause) {
    return new IllegalArgumentException(
      "It is not known where " +
        offset.connector().source +
        " stopped reading stream " +
        offset.stream() +
        ": " +
        reason +
        "; " +
        offset.connector().wayBack +
        ", " +
        remedy +
        ", stop it with job.enabled: false and change the source then, or begin with a new job.generation.",
      cause
    );
  }
}
