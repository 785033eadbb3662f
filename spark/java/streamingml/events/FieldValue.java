package streamingml.events;

/** The value of one field, of which there is a kind for each type. */
abstract class FieldValue extends Member {

  FieldValue(FieldRule rule) {
    super(rule.name(), rule.required());
  }

  /** Whether a value holds no half of a surrogate pair. */
  boolean isUnicode() {
    return true;
  }

  /**
   * Returns the rule that a value breaks, null where it breaks none.
   *
   * @param batchTime the clock of the micro-batch, in microseconds since 1970
   */
  abstract QuarantineReason broken(long batchTime);

  /** What the lake holds of a value that breaks no rule, as Spark holds it in a row. */
  abstract Object stored();
}
