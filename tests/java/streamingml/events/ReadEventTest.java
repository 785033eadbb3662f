package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;

/** A failure while a record is read concerns that record only. */
final class ReadEventTest {

  private static final byte[] KEY = "k".repeat(32).getBytes(StandardCharsets.UTF_8);

  /** A contract that no parser lets pass: looking for the allowed texts of `broken` fails. */
  private static EventContract faulty() {
    return new EventContract(
      1000,
      List.of(field("id", true, Set.of()), field("broken", false, null)),
      List.of()
    );
  }

  private static FieldRule field(String name, boolean required, Set<String> allowed) {
    return new FieldRule(
      List.of(name),
      name,
      FieldType.STRING,
      null,
      required,
      0,
      Integer.MAX_VALUE,
      0,
      0,
      allowed,
      Set.of()
    );
  }

  private static String verdict(ReadEvent function, String record) {
    InternalRow row = function.invoke(record.getBytes(StandardCharsets.UTF_8), 0, KEY);
    return row.isNullAt(2) ? "valid" : row.getUTF8String(2) + " " + row.getUTF8String(3);
  }

  @Test
  void refusesARecordThatCannotBeReadAndReadsTheNextOne() {
    ReadEvent function = new ReadEvent(faulty());
    assertEquals("unreadable null", verdict(function, "{\"id\":\"1\",\"broken\":\"x\"}"));
    assertEquals("valid", verdict(function, "{\"id\":\"1\"}"));
    assertEquals("missing_field id", verdict(function, "{}"));
  }

  @Test
  void leavesNothingOfARecordToTheNextOne() {
    ReadEvent function = new ReadEvent(
      new EventContract(
        1000,
        List.of(field("id", true, Set.of()), field("other", false, Set.of())),
        List.of()
      )
    );
    assertEquals("not_json null", verdict(function, "{\"id\":\"1\",\"other\":\"x\""));
    assertEquals("missing_field id", verdict(function, "{}"));
    assertEquals("wrong_type other", verdict(function, "{\"id\":\"1\",\"other\":1}"));
    byte[] next = "{\"id\":\"2\"}".getBytes(StandardCharsets.UTF_8);
    InternalRow row = function.invoke(next, 0, KEY);
    assertEquals("2", row.getUTF8String(0).toString());
    assertTrue(row.isNullAt(1));
  }

  @Test
  void takesItsContractAlongToTheExecutors() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(new ReadEvent(faulty()));
    }
    try (
      ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
    ) {
      assertEquals("missing_field id", verdict((ReadEvent) input.readObject(), "{}"));
    }
  }

  @Test
  void saysWhatIsMissingWhereNoContractWasSet() {
    EventFunctions functions = new EventFunctions();
    functions.initialize(EventFunctions.NAME, new CaseInsensitiveStringMap(Map.of()));
    Identifier identifier = Identifier.of(new String[0], ReadEvent.NAME);
    StructType arguments = new StructType()
      .add("data", "binary")
      .add("batch_time", "timestamp")
      .add("hash_key", "binary");
    IllegalStateException problem = assertThrows(IllegalStateException.class, () ->
      functions.loadFunction(identifier).bind(arguments)
    );
    assertEquals(
      "The setting spark.sql.catalog.streaming_ml.contract is absent: expected the text of a " +
        "compiled event contract, which the job sets before it calls read_event.",
      problem.getMessage()
    );
  }
}
