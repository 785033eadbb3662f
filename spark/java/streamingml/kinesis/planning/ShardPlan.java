package streamingml.kinesis.planning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.UnavailableException;

/**
 * The result of planning one shard.
 *
 * @param offset its new offset; the same object as before if nothing was planned
 * @param outcome what limits it
 * @param behind age of unread records, zero if there are none
 * @param children shards that continue this one
 * @param refusal why Kinesis did not answer
 */
record ShardPlan(
  ShardOffset offset,
  Outcome outcome,
  Duration behind,
  List<Shard> children,
  Optional<UnavailableException> refusal
) {
  /** What limits a plan. */
  enum Outcome {
    /** Kinesis did not answer: the offset is unchanged. */
    UNANSWERED,
    /** Nothing is left unread. */
    AT_TIP,
    /** The span. */
    CUT,
    /** The time of planning, or the pages that planning may read. */
    BEHIND,
    /** The shard's end. */
    ENDED,
  }
}
