package streamingml.events;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The job's functions for Spark SQL, as the catalog {@code streaming_ml}. The setting
 * {@code spark.sql.catalog.streaming_ml} names this class, and
 * {@code spark.sql.catalog.streaming_ml.contract} holds the text of the compiled event contract.
 */
public final class EventFunctions implements FunctionCatalog {

  static final String NAME = "streaming_ml";

  private static final String CONTRACT_OPTION = "contract";

  private String contract;

  private final Map<String, FunctionDefinition> functions = Stream.of(
    new FunctionDefinition(ReadEvent.NAME, List.of("data", "batch_time", "hash_key"), () ->
      new ReadEvent(eventContract())
    ),
    new FunctionDefinition(HoldsMaskCandidate.NAME, List.of("text"), HoldsMaskCandidate::new)
  ).collect(Collectors.toUnmodifiableMap(FunctionDefinition::name, Function.identity()));

  /** Called once per session, with the settings at that time. */
  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {
    contract = options.get(CONTRACT_OPTION);
  }

  private EventContract eventContract() {
    if (contract == null) {
      throw new IllegalStateException(
        "The setting spark.sql.catalog." +
          NAME +
          "." +
          CONTRACT_OPTION +
          " is absent: expected the " +
          "text of a compiled event contract, which the job sets before it calls " +
          ReadEvent.NAME +
          "."
      );
    }
    return EventContract.parse(contract);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return namespace.length > 0
      ? new Identifier[0]
      : functions
          .keySet()
          .stream()
          .sorted()
          .map(function -> Identifier.of(namespace, function))
          .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    UnboundFunction function = functions.get(identifier.name());
    if (function == null || identifier.namespace().length > 0) {
      throw new NoSuchFunctionException(identifier);
    }
    return function;
  }
}
