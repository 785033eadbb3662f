package streamingml.events;

import org.apache.spark.unsafe.types.UTF8String;

/**
 * Why a record is no event.
 *
 * @param reason what is wrong
 * @param field where, as the path in the JSON with points between the names; null where the fault is
 *     the record's as a whole
 */
record Refusal(QuarantineReason reason, UTF8String field) {
  /** Refuses a record as a whole. */
  static Refusal of(QuarantineReason reason) {
    return new Refusal(reason, null);
  }
}
