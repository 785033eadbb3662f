package streamingml.events;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * {@code holds_mask_candidate(text)}: whether {@link ReadEvent} must search a text for personal data.
 * The benchmark counts such rows.
 */
public final class HoldsMaskCandidate extends EventFunction<Boolean> {

  private static final long serialVersionUID = 1;
  static final String NAME = "holds_mask_candidate";

  HoldsMaskCandidate() {
    super(NAME);
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] { DataTypes.StringType };
  }

  @Override
  public DataType resultType() {
    return DataTypes.BooleanType;
  }

  /** Called by Spark's generated code; false for null. */
  public boolean invoke(UTF8String text) {
    return text != null && PersonalData.holdsCandidate(text.toString());
  }
}
