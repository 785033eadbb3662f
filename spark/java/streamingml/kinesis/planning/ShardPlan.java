package streamingml.kinesis.planning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.stream.Shard;
import streamingml.kinesis.stream.UnavailableException;

/**
 * What planning one shard came to.
 *
 * @param offset where it stands now; the same object as before when nothing was planned
 * @param outcome what bounds it
 * @param behind age of what is unread, zero at the tip
 * @param children shards that go on where this one ended
 * @param refusal why Kinesis did not answer
 */
record ShardPlan(
  ShardOffset offset,
  Outcome outcome,
  Duration behind,
  List<Shard> children,
  Optional<UnavailableException> refusal
) {
  /** What bounds a plan. */
  enum Outcome {
    /** Kinesis did not answer: the shard stands where it stood. */
    UNANSWERED,
    /** Nothing is left unread. */
    AT_TIP,
    /** The span. */
    CUT,
    /** The moment of planning, or how much is read to plan. */
    BEHIND,
    /** The shard's end. */
    ENDED,
  }
}
