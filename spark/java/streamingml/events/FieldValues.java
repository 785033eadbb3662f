package streamingml.events;

/** Creates the values of fields, once and not for every record. */
final class FieldValues {

  private FieldValues() {}

  /**
   * Creates the value of a field.
   *
   * @param pseudonyms computes pseudonyms
   */
  static FieldValue of(FieldRule rule, Pseudonyms pseudonyms) {
    FieldValue one = scalar(rule, pseudonyms);
    return rule.isArray() ? new ArrayValue(rule, one) : one;
  }

  private static FieldValue scalar(FieldRule rule, Pseudonyms pseudonyms) {
    return switch (rule.type()) {
      case STRING -> new StringValue(rule, pseudonyms);
      case DATE_TIME -> new DateTimeValue(rule);
      case INTEGER -> new IntegerValue(rule, pseudonyms);
      case NUMBER -> new NumberValue(rule);
      case BOOLEAN -> new BooleanValue(rule);
    };
  }
}
