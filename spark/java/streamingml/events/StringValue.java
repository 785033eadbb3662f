package streamingml.events;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;

/** A string. */
final class StringValue extends TextValue {

  private final int minimumLength;
  private final int maximumLength;
  private final Set<String> allowed;
  private final boolean isMasked;
  private final boolean isPseudonym;
  private final Pseudonyms pseudonyms;

  /**
   * Makes the value of a field.
   *
   * @param pseudonyms computes the pseudonym if the lake must not store the string itself
   */
  StringValue(FieldRule rule, Pseudonyms pseudonyms) {
    super(rule);
    minimumLength = rule.minimumLength();
    maximumLength = rule.maximumLength();
    allowed = rule.allowed();
    isMasked = rule.isFor(FieldUse.MASK);
    isPseudonym = rule.isFor(FieldUse.PSEUDONYM);
    this.pseudonyms = pseudonyms;
  }

  @Override
  QuarantineReason broken(long batchTime) {
    if (Texts.isShorterThan(value, minimumLength)) {
      return QuarantineReason.TOO_SHORT;
    }
    if (Texts.isLongerThan(value, maximumLength)) {
      return QuarantineReason.TOO_LONG;
    }
    if (minimumLength > 0 && Texts.isBlank(value)) {
      return QuarantineReason.BLANK;
    }
    return allowed.isEmpty() || allowed.contains(value) ? null : QuarantineReason.NOT_ALLOWED;
  }

  @Override
  Object stored() {
    if (isPseudonym) {
      return UTF8String.fromString(pseudonyms.of(value));
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return isMasked && MaskBytes.mayHoldCandidate(utf8)
      ? UTF8String.fromString(PersonalData.mask(value))
      : UTF8String.fromBytes(utf8);
  }
}
