package streamingml.events;

import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.unsafe.types.UTF8String;

/** Chooses the kind of value that a field's rule asks for, once and not for every record. */
final class FieldValues {

  private FieldValues() {}

  /**
   * Makes the value of a field.
   *
   * @param pseudonyms makes the pseudonyms of the records' reader
   */
  static FieldValue of(FieldRule rule, Pseudonyms pseudonyms) {
    FieldValue one = scalar(rule, pseudonyms);
    return rule.isArray() ? new ArrayValue(rule, one) : one;
  }

  private static FieldValue scalar(FieldRule rule, Pseudonyms pseudonyms) {
    return switch (rule.type()) {
      case STRING -> new StringValue(rule, stringStoring(rule, pseudonyms));
      case DATE_TIME -> new DateTimeValue(rule);
      case INTEGER -> new IntegerValue(rule, integerStoring(rule, pseudonyms));
      case NUMBER -> new NumberValue(rule);
      case BOOLEAN -> new BooleanValue(rule);
    };
  }

  private static UnaryOperator<String> stringStoring(FieldRule rule, Pseudonyms pseudonyms) {
    if (rule.isFor(FieldUse.PSEUDONYM)) {
      return pseudonyms::of;
    }
    return rule.isFor(FieldUse.MASK) ? PersonalData::mask : UnaryOperator.identity();
  }

  private static LongFunction<Object> integerStoring(FieldRule rule, Pseudonyms pseudonyms) {
    return rule.isFor(FieldUse.PSEUDONYM)
      ? value -> UTF8String.fromString(pseudonyms.of(Long.toString(value)))
      : Long::valueOf;
  }
}
