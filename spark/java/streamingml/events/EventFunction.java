package streamingml.events;

import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;

/**
 * A function of the catalog {@link EventFunctions}.
 *
 * @param <R> its result
 */
abstract class EventFunction<R> implements ScalarFunction<R> {

  private static final long serialVersionUID = 1;

  private final String name;

  /**
   * Creates a function.
   *
   * @param name its name in SQL, without the catalog
   */
  EventFunction(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String canonicalName() {
    return EventFunctions.NAME + "." + name;
  }

  @Override
  public String toString() {
    return canonicalName();
  }
}
