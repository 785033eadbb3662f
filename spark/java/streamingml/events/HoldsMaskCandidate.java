package streamingml.events;

import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * {@code holds_mask_candidate(text)}: whether {@link ReadEvent} has to try a regular expression on a
 * text. The benchmark counts such rows.
 */
public final class HoldsMaskCandidate implements ScalarFunction<Boolean> {

  private static final long serialVersionUID = 1;
  static final String NAME = "holds_mask_candidate";

  @Override
  public DataType[] inputTypes() {
    return new DataType[] { DataTypes.StringType };
  }

  @Override
  public DataType resultType() {
    return DataTypes.BooleanType;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String canonicalName() {
    return EventFunctions.NAME + "." + NAME;
  }

  /** Called by the code that Spark generates; false for no text at all. */
  public boolean invoke(UTF8String text) {
    return text != null && PersonalData.holdsCandidate(text.toString());
  }
}
