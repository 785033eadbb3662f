package streamingml.events;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;

/**
 * A function before its arguments are known.
 *
 * @param name its name in SQL, without the catalog
 * @param parameters names of its arguments, for messages
 * @param function creates the function
 */
record FunctionDefinition(
  String name,
  List<String> parameters,
  Supplier<BoundFunction> function
) implements UnboundFunction {
  @Override
  public BoundFunction bind(StructType arguments) {
    if (arguments.size() != parameters.size()) {
      throw new UnsupportedOperationException(
        description() + " takes " + parameters.size() + " arguments, not " + arguments.size()
      );
    }
    return function.get();
  }

  @Override
  public String description() {
    return EventFunctions.NAME + "." + name + "(" + String.join(", ", parameters) + ")";
  }
}
