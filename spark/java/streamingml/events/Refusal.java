package streamingml.events;

import org.apache.spark.unsafe.types.UTF8String;

/**
 * Why a record is refused.
 *
 * @param reason the reason
 * @param field path of the field in the JSON, joined by dots; null if the reason concerns the whole
 *     record
 */
record Refusal(QuarantineReason reason, UTF8String field) {
  /** Refuses a record as a whole. */
  static Refusal of(QuarantineReason reason) {
    return new Refusal(reason, null);
  }
}
