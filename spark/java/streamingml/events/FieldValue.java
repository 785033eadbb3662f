package streamingml.events;

/** The value of one field, with a subclass for each type. */
abstract class FieldValue extends Member {

  FieldValue(FieldRule rule) {
    super(rule.name(), rule.required());
  }

  /** Whether a value has no unpaired surrogates. */
  boolean isUnicode() {
    return true;
  }

  /**
   * Returns the rule that a value breaks, null if it breaks none.
   *
   * @param batchTime the clock of the micro-batch, in microseconds since 1970
   */
  abstract QuarantineReason broken(long batchTime);

  /** Returns the lake's value for a valid value, in Spark's internal form. */
  abstract Object stored();
}
